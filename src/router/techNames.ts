import { hashOf } from './wordClassTable.ts';

/**
 * Languages, libraries and tools that a question may be about: which one says nothing of its task. What names a task by
 * itself (git, bash, docker, a test runner) is not here.
 */
const techNames = `python java javascript typescript kotlin ruby rust go golang php swift scala perl haskell csharp
  matlab octave julia lua elixir erlang clojure fortran cobol delphi pascal prolog scheme lisp racket
  ocaml dart groovy fsharp vba vb assembly node nodejs deno bun react reactjs vue vuejs angular
  angularjs svelte nextjs nuxt remix gatsby jquery bootstrap tailwind express nestjs koa fastify
  django flask fastapi rails sinatra laravel symfony codeigniter wordpress drupal magento spring
  springboot hibernate jpa jdbc tomcat maven gradle ant android ios flutter ionic xamarin maui unity
  unreal godot wpf winforms blazor aspnet dotnet mvc ef linq dapper sqlalchemy pandas numpy scipy
  matplotlib seaborn plotly tensorflow keras pytorch sklearn opencv pygame tkinter pyqt qt gtk swing
  javafx awt postgres postgresql mysql mariadb sqlite oracle mssql mongodb mongoose redis cassandra
  dynamodb elasticsearch neo4j firebase firestore supabase prisma sequelize typeorm knex graphql
  apollo rest soap grpc kafka rabbitmq celery spark hadoop hive airflow dask jenkins terraform ansible
  kubernetes helm nginx apache iis aws azure gcp lambda ec2 s3 rds heroku vercel netlify webpack vite
  rollup babel eslint prettier html css scss sass less xml json yaml csv excel sheets word pdf svg
  canvas chrome firefox safari windows linux mac macos ubuntu debian centos selenium puppeteer
  playwright beautifulsoup scrapy requests axios fetch ajax websocket socketio oauth jwt keycloak
  leaflet d3 threejs ggplot dplyr tidyr shiny r xcode swiftui uikit coredata alamofire retrofit room
  compose rxjava rxjs redux mobx zustand jackson gson lombok mapstruct log4j slf4j poi itext camel
  quarkus micronaut ktor arduino esp8266 esp32 raspberry pi discord telegram slack twilio stripe
  paypal latex vim emacs intellij eclipse pycharm rstudio jupyter colab`;

let table: ReadonlySet<number> | undefined;

/** Whether a word's hash is that of a name above; the hash has 0 for every digit. */
export function isTechName(hash: number): boolean {
  table ??= new Set(techNames.split(/\s+/).map((name) => hashOf(name.replaceAll(/\d/g, '0'))));
  return table.has(hash);
}
