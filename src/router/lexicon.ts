/**
 * What the words of a prompt mean, in English, German, Spanish, French and Chinese. Data, not grammar: a word stands
 * for a class, `*` at its end for any ending, a space joins two words that follow each other. Lower case.
 */
export const lexicon = {
  // what is to be done
  explain: `explain explains explaining describe summarize summarise summary walk clarify understand meaning overview tldr eli5
    erklär* erläuter* beschreib* zusammenfass* überblick explica* explíca* describe* describ* resume resumir
    explique* expliquer décri* résume* 解释 说明 讲解 什么意思 总结
    解释一下 介绍 讲讲 看不懂 干嘛 意思 説明 教えて 仕組み 要約 とは 설명 뭐야 요약 объясни* опиши зачем explique explica* resuma* spiega* riassum* significa wyjaśni* leg|uit açıkla* samjhao`,
  make: `write create add generate make build implement produce draft give need want scaffold develop setup set|up configure
    schreib* erstell* erzeug* generier* implementier* füge baue entwickl* mach
    escrib* crea crear cree genera* añad* agreg* implementa* haz hacer desarroll*
    écri* crée* créer génère* générer ajout* implémente* faire fais développe*
    写 创建 生成 添加 实现 编写 新建
    写一个 写个 做一个 做个 新增 生成一个 加一个 補全 补全 作って 作成 書いて 実装 生成して 追加 作りたい 작성 만들어 구현 짜줘 추가 напиш* созда* сдела* реализу* сгенериру* добав* допиш* escreva* crie* criar faça* faz gere* adicion* implement* desenvolv* scriv* crea* aggiung* genera* napisz* stwórz dodaj zaimplement* schrijf* maak* voeg yaz oluştur* ekle likho`,
  fix: `fix fixes fixing repair debug solve resolve correct troubleshoot behebe* beheb* repariere* korrigier* debugge*
    arregl* corrig* soluciona* depura* corrige* répare* réparer résou* débogu* 修复 修正 调试 解决 改正
    修一下 修好 解決 直して 修正して バグを直 고쳐 수정 해결 исправ* почин* отлад* реши* conserta* corrij* corrig* resolv* corregg* sistema* risolv* napraw* popraw* düzelt*`,
  comment: `document comment annotate dokumentier* kommentier* documenta documentar comenta* documente documenter
    commente* 注释
    加注释 コメント ドキュメントコメント 주석 прокомментир* задокументир* коммент* document* comente* coment* comment* documenta*`,
  change: `change edit update rename replace remove delete move convert port translate rewrite modify extract inline
    format sort upgrade encrypt decrypt ändere* änder* umbenenn* ersetz* entfern* lösch* aktualisier* umwandeln verschieb* übersetz*
    cambia* renombra* reemplaza* elimina* quita* actualiza* convert* modifica* traduc* change* renomme* remplace*
    supprime* modifie* traduis déplace* 修改 重命名 替换 删除 更新 转换 翻译
    改成 改为 换成 去掉 删掉 移动 转成 变更 変更 変えて 変換 置き換え 削除 消して 書き換え 移動 変更して 변경 변환 바꿔 삭제 измени* поменя* замени* удали* убери* переимен* перенес* перепиш* mude* troque* renome* remov* substitu* altere* conver* tire cambia* rinomin* sostitu* rimuov* zmień usuń zamień hernoem* verwijder* vervang* değiştir* sil`,
  refactor: `refactor* restructure reorganize reorganise simplify modularize decouple optimize optimise cleanup dedupe improve* enhance
    verbesser* mejora* améliore* 改进
    vereinfach* umstrukturier* optimier* refactoriz* simplifica* optimiza* refactoris* simplifie* optimise*
    重构 优化 简化 clean|up
    优化一下 精简 提高性能 拆分 更好的写法 リファクタ 最適化 改善 簡潔 高速化 もっと速く 読みやすく シンプル 리팩토링 최적화 더 빠르게 рефактор* отрефактор* оптимизир* упрост* улучш* ускор* быстрее читабельн* медленн* refator* otimiz* simplifi* melhor* rapido rápido lento limpe* rifattor* ottimizz* semplific* miglior* veloc* zrefaktor* uprość zoptymaliz* vereenvoud* optimalis* schneller langsam* lesbar* aufräum* schlank* lent accélér* plus|rapide lisible nettoie*`,
  review: `review reviews check checks critique feedback assess evaluate code|review überprüf* begutacht* bewerte* prüfe* revisa*
    evalúa* relis relire évalue* 审查 评审 检查
    看看我写 对不对 这样对吗 这样可以吗 有没有问题 建议 レビュー 確認 チェック 合っていますか 問題ありませんか 改善点 리뷰 검토 맞아 проверь* посмотр* ревью оцени* правильно верно revise* revis* avali* controll* revision* sprawdź controleer* bekijk* korrekt richtig correto correct* correcto feedback opin*`,
  design: `design architect devise entwirf entwerfe* entwurf konzipier* diseña* diseñar conçois concevoir conception
    设计 规划
    设计一个 架构设计 选型 設計 構成 설계 спроектир* проектир* projete* desenhe* progett* zaprojekt* ontwerp* tasarla*`,
  secure: `secure harden audit pentest threat|model absichern härte* asegura* endurec* sécurise* sécuriser 加固 审计
    加密 保护 プロテクト 暗号化 защит* зашифр* proteg* criptograf* cifra* chiffr* verschlüssel* schütze*`,
  find: `find detect identify spot look finde suche* encuentra* busca* trouve* cherche* 查找 找出 找
    找一下 查看 見つけて 探す 찾아 найди* искать ache encontre* procur* trova* cerca* znajdź zoek*`,
  ask: `what whats what's how why when which where who does is are can could should wat hows why's was wie warum
    wieso welche* wozu qué que cómo por|qué cuál comment pourquoi quoi quel quelle qu'est-ce 做什么 什么 怎么 为什么 如何 吗
    为什么要 怎么用 什么是 有什么 区别 なぜ どう 何 どの 方法 ですか 방법 왜 어떻게 что как почему зачем где какой какая чем когда como qual quais onde cosa come perché quale qual'è dov'è jak dlaczego co jaka wat hoe waarom kya nasıl neden`,
  compare: `compare vs versus tradeoff* trade-off* pros vergleich* compara* comparer 比较 对比
    不同 区别 违い 違い 차이 разниц* отлича* difere* differenz* unterschied* diferencia* différence* różnica verschil* difference* differ better advantages pros`,
  // what it is about
  tests: `test tests testing unittest* unit-test* testcase* spec specs coverage vitest jest pytest mocha junit
    komponententest* prueba* tests|unitaires 测试 单元测试 用例
    测试用例 单测 覆盖率 テスト 単体テスト ユニットテスト テストケース 테스트 단위 тест* юнит* покрыт* teste* test* cobertura couverture abdeckung testy`,
  comments: `comment comments docstring docstrings jsdoc javadoc tsdoc godoc xmldoc kommentar* comentario*
    commentaire* 文档注释 注释
    コメント 文档 주석 комментари* докстринг* comentários commenti docstring`,
  docs: `docs documentation doc dokumentation documentación documentation 文档`,
  guide: `guide guides readme tutorial tutorials runbook playbook manual howto how-to wiki changelog article blog faq
    handbook onboarding walkthrough release|notes cheatsheet cheat|sheet anleitung* handbuch leitfaden guía manual
    tutoriel mode|d'emploi 指南 教程 手册 说明书
    教程 博客 邮件 文章 发布说明 手順書 ガイド マニュアル チュートリアル リリースノート メール 文章 ブログ 가이드 문서 инструкц* руководств* туториал* стать* письмо документаци* guia* manuais tutoriais documentação texto testo guida manuale documentazione email mail paragraph* grammar wording absatz texto texte paragraphe* redact* rédige* redige*`,
  code: `function functions class classes method component endpoint script api regex regexp query module snippet
    code hook struct interface type handler controller helper loop cli parser algorithm program app page form
    funktion klasse methode skript programm schnittstelle función clase método guion programa fonction classe
    méthode programme 函数 类 方法 代码 脚本 接口 组件 程序
    组件 页面 功能 関数 クラス コード コンポーネント スクリプト プログラム ページ 画面 함수 컴포넌트 코드 функци* скрипт* класс* компонент* программ* код* страниц* função classe* código tela componente* funzione codice script* funkcj* functie fonksiyon*`,
  error: `error errors bug bugs exception crash crashes crashed fails failing failed broken wrong undefined typeerror
    nullpointerexception segfault traceback stacktrace stack|trace not|work not|working doesn't|work
    don't|work won't|work isn't|working fehler* absturz kaputt fehlschl* funktioniert|nicht no|funciona error errores
    fallo falla* erreur* plante* bogue 错误 报错 异常 崩溃 失败 不工作
    报错了 不行 不起作用 出错 bug 没反应 死循环 エラー 動かない 動きません バグ 例外 落ちる 失敗 おかしい 間違 버그 에러 오류 안돼 작동 ошибк* баг* не|работает падает сломал* исключени* неправильн* erro* falh* bug* exceção não|funciona errore* non|funziona błąd fout* hata* kaam|nahi marche* problem* crash* marcha`,
  architecture: `architecture architectures architectural system|design microservice* multi-tenant multitenant
    scalab* high-availability event-driven distributed|system domain|model tradeoff* trade-off* adr tech|stack architektur*
    systementwurf mikroservice* skalierb* arquitectura* microservicio* escalab* évolutiv* 架构 微服务 系统设计
    多租户 可扩展
    分布式系统 数据库设计 项目结构 高可用 百万用户 单体 アーキテクチャ マイクロサービス スケーラブル マルチテナント モノリス 아키텍처 마이크로서비스 архитектур* микросервис* монолит* масштабир* arquitetura microsserviço* monolit* architettur* microservizi monolith* escalar skalier* schema`,
  security: `security vulnerab* exploit* xss csrf ssrf injection owasp cve cves rce privilege|escalation sicherheit*
    schwachstell* sicherheitslück* seguridad vulnerabilidad* sécurité vulnérabilité* faille* 安全 漏洞 注入
    安全吗 密码 密钥 攻击 安全审计 脆弱性 セキュリティ 安全 インジェクション パスワード トークン 보안 취약점 비밀번호 안전 безопасн* уязвим* парол* токен* инъекци* взлом* seguro segurança senha* vulnerab* sicur* password* bezpieczn* veilig* güvenli* şifre* secret* credential* token* passwort* passwörter contraseña* seguridad mot|de|passe sicher`,
  commit: `commit|message commit|msg commit|messages pr|description pull|request|description commit-nachricht
    commit-message commitnachricht mensaje|de|commit message|de|commit 提交信息 提交说明
    提交说明 コミットメッセージ コミット 커밋 коммит* commit*`,
  shell: `bash zsh powershell shell terminal one-liner oneliner cmdline command|line shell|command git|command awk
    sed konsole befehl* befehlszeile terminal comando comandos ligne|de|commande 命令行 终端 命令
    命令 端口 终端 コマンド シェル ターミナル 명령어 터미널 команд* терминал* однострочник* comando* terminal polecenie* commande* befehl* port linux ubuntu curl docker kubectl grep`,
  // how hard it is
  many: `codebase repository monorepo everywhere all|files every|file entire|project whole|project across|files
    across|the multiple|files several|files many|files alle|dateien ganze|projekt todos|los tout|le|projet
    所有文件 整个项目 整个代码库`,
  hard: `concurren* deadlock* race|condition race|conditions distributed thread-safe memory|leak memory|leaks
    cryptograph* consensus migrat* performance bottleneck* transactional idempoten* nebenläufig* verteilt*
    concurrenc* rendimiento parallel* 并发 死锁 分布式 性能 内存泄漏`,
  easy: `simple small typo quick minor trivial tiny short basic einfach* klein* kurz* tippfehler sencill* pequeñ*
    rápid* petit* rapide court 简单 小 快速`,
  // what says nothing of the task
  greeting: `hi hello hey thanks thank thx yo hallo moin danke hola gracias bonjour salut merci 你好 谢谢`,
  polite: `please pls plz can could would you i we me my to the a an need want like help let lets let's kindly just
    some this that it bitte kannst du könntest mir ein eine einen der die das por favor puedes un una el la me
    s'il te plaît peux-tu vous pouvez un une le la les 请 帮我 帮 我 给 一个 这个 的`,
  and: 'and then also plus und dann auch sowie y luego también et puis ensuite aussi 然后 并且 并 和',
} as const;
export type WordClass = keyof typeof lexicon;
