/**
 * What the words of a prompt mean, in English, German, Spanish, French and Chinese. Data, not grammar: a word stands
 * for a class, `*` at its end for any ending, a space joins two words that follow each other. Lower case.
 */
export const lexicon = {
  // what is to be done
  explain: `explain explains explaining describe summarize summarise summary walk clarify understand meaning overview tldr eli5
    erklär* erläuter* beschreib* zusammenfass* überblick explica* explíca* describe* describ* resume resumir
    explique* expliquer décri* résume* 解释 说明 讲解 什么意思 总结`,
  make: `write create add generate make build implement produce draft give need want scaffold develop setup set|up configure
    schreib* erstell* erzeug* generier* implementier* füge baue entwickl* mach
    escrib* crea crear cree genera* añad* agreg* implementa* haz hacer desarroll*
    écri* crée* créer génère* générer ajout* implémente* faire fais développe*
    写 创建 生成 添加 实现 编写 新建`,
  fix: `fix fixes fixing repair debug solve resolve correct troubleshoot behebe* beheb* repariere* korrigier* debugge*
    arregl* corrig* soluciona* depura* corrige* répare* réparer résou* débogu* 修复 修正 调试 解决 改正`,
  comment: `document comment annotate dokumentier* kommentier* documenta documentar comenta* documente documenter
    commente* 注释`,
  change: `change edit update rename replace remove delete move convert port translate rewrite modify extract inline
    format sort upgrade encrypt decrypt ändere* änder* umbenenn* ersetz* entfern* lösch* aktualisier* umwandeln verschieb* übersetz*
    cambia* renombra* reemplaza* elimina* quita* actualiza* convert* modifica* traduc* change* renomme* remplace*
    supprime* modifie* traduis déplace* 修改 重命名 替换 删除 更新 转换 翻译`,
  refactor: `refactor* restructure reorganize reorganise simplify modularize decouple optimize optimise cleanup dedupe improve* enhance
    verbesser* mejora* améliore* 改进
    vereinfach* umstrukturier* optimier* refactoriz* simplifica* optimiza* refactoris* simplifie* optimise*
    重构 优化 简化 clean|up`,
  review: `review reviews check checks critique feedback assess evaluate code|review überprüf* begutacht* bewerte* prüfe* revisa*
    evalúa* relis relire évalue* 审查 评审 检查`,
  design: `design architect devise entwirf entwerfe* entwurf konzipier* diseña* diseñar conçois concevoir conception
    设计 规划`,
  secure: `secure harden audit pentest threat|model absichern härte* asegura* endurec* sécurise* sécuriser 加固 审计`,
  find: `find detect identify spot look finde suche* encuentra* busca* trouve* cherche* 查找 找出 找`,
  ask: `what whats what's how why when which where who does is are can could should wat hows why's was wie warum
    wieso welche* wozu qué que cómo por|qué cuál comment pourquoi quoi quel quelle qu'est-ce 做什么 什么 怎么 为什么 如何 吗`,
  compare: `compare vs versus tradeoff* trade-off* pros vergleich* compara* comparer 比较 对比`,
  // what it is about
  tests: `test tests testing unittest* unit-test* testcase* spec specs coverage vitest jest pytest mocha junit
    komponententest* prueba* tests|unitaires 测试 单元测试 用例`,
  comments: `comment comments docstring docstrings jsdoc javadoc tsdoc godoc xmldoc kommentar* comentario*
    commentaire* 文档注释 注释`,
  docs: `docs documentation doc dokumentation documentación documentation 文档`,
  guide: `guide guides readme tutorial tutorials runbook playbook manual howto how-to wiki changelog article blog faq
    handbook onboarding walkthrough release|notes cheatsheet cheat|sheet anleitung* handbuch leitfaden guía manual
    tutoriel mode|d'emploi 指南 教程 手册 说明书`,
  code: `function functions class classes method component endpoint script api regex regexp query module snippet
    code hook struct interface type handler controller helper loop cli parser algorithm program app page form
    funktion klasse methode skript programm schnittstelle función clase método guion programa fonction classe
    méthode programme 函数 类 方法 代码 脚本 接口 组件 程序`,
  error: `error errors bug bugs exception crash crashes crashed fails failing failed broken wrong undefined typeerror
    nullpointerexception segfault traceback stacktrace stack|trace not|work not|working doesn't|work
    don't|work won't|work isn't|working fehler* absturz kaputt fehlschl* funktioniert|nicht no|funciona error errores
    fallo falla* erreur* plante* bogue 错误 报错 异常 崩溃 失败 不工作`,
  architecture: `architecture architectures architectural system|design microservice* multi-tenant multitenant
    scalab* high-availability event-driven distributed|system domain|model tradeoff* trade-off* adr tech|stack architektur*
    systementwurf mikroservice* skalierb* arquitectura* microservicio* escalab* évolutiv* 架构 微服务 系统设计
    多租户 可扩展`,
  security: `security vulnerab* exploit* xss csrf ssrf injection owasp cve cves rce privilege|escalation sicherheit*
    schwachstell* sicherheitslück* seguridad vulnerabilidad* sécurité vulnérabilité* faille* 安全 漏洞 注入`,
  commit: `commit|message commit|msg commit|messages pr|description pull|request|description commit-nachricht
    commit-message commitnachricht mensaje|de|commit message|de|commit 提交信息 提交说明`,
  shell: `bash zsh powershell shell terminal one-liner oneliner cmdline command|line shell|command git|command awk
    sed konsole befehl* befehlszeile terminal comando comandos ligne|de|commande 命令行 终端 命令`,
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
