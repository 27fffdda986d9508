/** What a program needs to know of its surroundings; none of these holds a secret in any tool's convention. */
const passed: readonly string[] = [
  ...['PATH', 'LANG', 'LANGUAGE', 'TZ', 'USER', 'LOGNAME', 'SHELL'],
  ...['LC_ALL', 'LC_CTYPE', 'LC_COLLATE', 'LC_MESSAGES', 'LC_NUMERIC', 'LC_TIME', 'LC_MONETARY'],
];

/** Variables that name the folder of a toolchain, which then has to be visible. */
export const toolchainVariables: readonly string[] = [
  ...['CARGO_HOME', 'RUSTUP_HOME', 'GOROOT', 'GOPATH', 'GOMODCACHE', 'GOCACHE', 'JAVA_HOME', 'MAVEN_HOME'],
  ...['M2_HOME', 'GRADLE_HOME', 'GRADLE_USER_HOME', 'DOTNET_ROOT', 'NUGET_PACKAGES', 'PYENV_ROOT'],
  ...['VIRTUAL_ENV', 'CONDA_PREFIX', 'NVM_DIR', 'VOLTA_HOME', 'FNM_DIR', 'ASDF_DIR', 'ASDF_DATA_DIR'],
  ...[
    'PNPM_HOME',
    'BUN_INSTALL',
    'DENO_DIR',
    'RBENV_ROOT',
    'GEM_HOME',
    'GEM_PATH',
    'BUNDLE_PATH',
    'NODE_PATH',
  ],
];
/** And what chooses within one; these are names and versions. */
const toolchainChoices: readonly string[] = [
  ...[
    'RUSTUP_TOOLCHAIN',
    'PYENV_VERSION',
    'RBENV_VERSION',
    'NODE_ENV',
    'GOFLAGS',
    'GOOS',
    'GOARCH',
    'CGO_ENABLED',
  ],
  ...['CC', 'CXX', 'CI'],
];

/** No tool waits for an answer, colours its output, looks for news of itself or leaves a cache in the project. */
const quiet: Readonly<Record<string, string>> = {
  TERM: 'dumb',
  NO_COLOR: '1',
  FORCE_COLOR: '0',
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUNBUFFERED: '1',
  GOTOOLCHAIN: 'local',
  GOPROXY: 'off',
  CARGO_NET_OFFLINE: 'true',
  CARGO_TERM_COLOR: 'never',
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
  NO_UPDATE_NOTIFIER: '1',
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  GIT_TERMINAL_PROMPT: '0',
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of a command of the project: from `own` only what is on the allow-list, so that no token of the
 * developer's shell comes along.
 *
 * @param given names and values that the caller sets; they win
 */
export function commandEnvironment(own: Environment, given: Environment = {}): Record<string, string> {
  const chosen = [...passed, ...toolchainVariables, ...toolchainChoices].map((name) => [name, own[name]]);
  return Object.fromEntries(
    [...chosen, ...Object.entries(quiet), ...Object.entries(given)].filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}
