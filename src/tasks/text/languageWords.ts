/** Words of languages and of their standard libraries that an answer may set in code, though no file has them. */

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** Of any language: keywords, plain types, tools, and names that examples are made of. */
export const commonWords = words(
  `abstract and any array as assert async await base bool boolean break byte callable case catch char class const
  constructor continue declare def default defer del delete dict do double elif else end enum ensure except export
  extends extern false False final finally float fn for foreach from func function get global go goto guard if impl
  implements import in include inline instanceof int int8 int16 int32 int64 integer interface internal is lambda let
  list long loop map match mod module mut namespace new nil none None not null number object of operator or override
  package pass private protected pub public raise range readonly record ref register rescue require restrict return
  rune sealed select self Self set short signed sizeof static str string struct super switch symbol sync synchronized
  template this throw throws trait transient true True try tuple type typedef typeof uint undefined union unknown
  unless unsafe unsigned until use usize using val var virtual void volatile when where while with yield u8 u16 u32
  u64 i8 i16 i32 i64 f32 f64 float32 float64 size_t wchar_t NaN Infinity main init toString equals hashCode len print
  println printf foo bar baz qux fooBar my_function myFunction npm npx node yarn pnpm pip python pytest cargo git bash sh
  json yaml xml html css sql utf8 UTF-8 ascii http https localhost stdin stdout stderr README TODO NULL EOF`,
);

const script = words(
  `querySelector querySelectorAll getElementById getElementsByClassName createElement appendChild removeChild innerHTML
  textContent innerText classList className setAttribute getAttribute preventDefault stopPropagation addEventListener
  removeEventListener dispatchEvent localStorage sessionStorage getBoundingClientRect requestAnimationFrame
  cancelAnimationFrame parentNode parentElement childNodes firstChild nextSibling nodeType XMLHttpRequest HTMLElement
  Partial Required Readonly Record Pick Omit Exclude Extract NonNullable ReturnType Parameters Awaited InstanceType
  ReadonlyArray PromiseLike ArrayLike keyof infer never useState useEffect useMemo useCallback useRef useContext
  useReducer useLayoutEffect componentDidMount componentDidUpdate componentWillUnmount setState forwardRef
  module.exports exports require __dirname __filename hasOwnProperty isPrototypeOf onClick onChange onSubmit`,
);

const python = words(
  `add append as_integer_ratio bit_length capitalize casefold center clear close copy count decode difference discard
  encode endswith expandtabs extend find flush format format_map from_bytes fromhex fromkeys get hex index insert
  intersection isalnum isalpha isascii isdecimal isdigit isdisjoint isidentifier islower isnumeric isprintable isspace
  issubset issuperset istitle isupper items join keys ljust lower lstrip maketrans partition pop popitem read readable
  readline readlines remove removeprefix removesuffix replace reverse rfind rindex rjust rpartition rsplit rstrip seek
  setdefault sort split splitlines startswith strip swapcase symmetric_difference tell title to_bytes translate
  truncate union update upper values with_traceback writable write writelines zfill args kwargs classmethod
  staticmethod dataclass field namedtuple defaultdict OrderedDict Counter deque ChainMap lru_cache cached_property
  partial reduce wraps singledispatch total_ordering contextmanager suppress chain islice groupby product permutations
  combinations zip_longest accumulate takewhile dropwhile starmap tee from_iterable most_common is_file is_dir exists
  mkdir read_text write_text read_bytes write_bytes joinpath iterdir glob rglob with_suffix is_absolute makedirs listdir
  getenv environ basename dirname isfile isdir splitext abspath realpath loads dumps load dump strftime strptime
  timedelta datetime fromtimestamp isoformat total_seconds utcnow sub findall finditer fullmatch compile search groups
  group randint choice shuffle sample sleep perf_counter getLogger basicConfig run Popen check_output gather
  create_task run_until_complete ThreadPoolExecutor submit setUp tearDown assertEqual assertRaises Optional Union
  Callable Iterable Iterator Generator Sequence Mapping MutableMapping TypeVar Protocol NamedTuple TypedDict Literal
  ABC abstractmethod np pd plt ndarray DataFrame Series JSONDecodeError HTTPError PathLike BytesIO StringIO`,
);

const java = words(
  `length charAt substring indexOf lastIndexOf isEmpty isBlank startsWith endsWith toLowerCase toUpperCase trim strip
  split replace replaceAll contains equalsIgnoreCase compareTo compareToIgnoreCase valueOf parseInt parseDouble parseLong
  toCharArray append insert reverse deleteCharAt setLength size put get remove containsKey containsValue keySet entrySet
  getKey getValue getOrDefault putIfAbsent computeIfAbsent addAll removeAll retainAll stream filter collect forEach
  flatMap anyMatch allMatch noneMatch findFirst orElse orElseThrow ofNullable ifPresent iterator hasNext next asList
  toArray arraycopy copyOf copyOfRange fill sort getClass getName getMessage printStackTrace getCause currentTimeMillis
  nanoTime println requireNonNull isNull nonNull wait notify notifyAll clone finalize getBytes run call start join
  lock unlock invoke newInstance isInstance isAssignableFrom getDeclaredField getMethod setAccessible`,
);

const go = words(
  `Errorf Sprintf Printf Println Fprintf Sscanf Error String Len Less Swap Read Write Close Seek ReadAll ReadFull
  NewReader NewWriter WriteString ReadString Unmarshal Marshal Itoa Atoi Join Split Contains HasPrefix HasSuffix
  TrimSpace ToLower ToUpper Lock Unlock RLock RUnlock Add Done Wait Background TODO WithCancel WithTimeout`,
);

const rust = words(
  `unwrap expect unwrap_or unwrap_or_else unwrap_or_default map_err and_then ok_or is_some is_none is_ok is_err iter
  iter_mut into_iter collect push pop insert remove contains contains_key entry or_insert or_insert_with clone cloned
  copied to_string to_owned as_str as_ref as_mut into try_into try_from from_str as_bytes len is_empty with_capacity
  capacity reserve extend drain retain filter filter_map flat_map fold enumerate zip rev take skip skip_while take_while
  chars bytes lines split_whitespace next next_back peek peekable size_hint size_of type_id fmt eq cmp partial_cmp
  partial_eq hash drop deref deref_mut borrow borrow_mut Option Some None Result Ok Err Box Rc Arc Vec String HashMap
  HashSet BTreeMap BTreeSet VecDeque Cow Cell RefCell Mutex RwLock Iterator IntoIterator DoubleEndedIterator
  ExactSizeIterator FusedIterator FromIterator Extend Clone Copy Debug Display Default Send Sync Sized PartialEq Eq
  PartialOrd Ord Ordering Hash Hasher From Into TryFrom AsRef AsMut Deref DerefMut Drop Fn FnMut FnOnce PhantomData
  panic! println! format! vec! assert! assert_eq! unreachable! todo! write! dbg! no_std cfg derive`,
);

const others = words(
  `array_map array_filter array_merge array_keys array_values array_key_exists array_push array_pop array_shift
  array_slice array_unique in_array str_replace str_contains str_starts_with htmlspecialchars preg_match preg_replace
  preg_split json_encode json_decode file_get_contents file_put_contents is_null is_array is_string isset unset empty
  __construct __get __set __toString __invoke var_dump attr_reader attr_writer attr_accessor each_with_index
  each_with_object respond_to? method_missing define_method instance_variable_get to_s to_sym to_proc freeze
  push_back emplace_back pop_back push_front begin end cbegin cend unique_ptr shared_ptr make_unique make_shared
  string_view unordered_map unordered_set static_cast dynamic_cast reinterpret_cast const_cast nullptr constexpr
  decltype noexcept memcpy memset strlen strcmp strncpy snprintf malloc calloc realloc
  ToString GetHashCode WriteLine ReadLine FirstOrDefault ToList ToArray ToDictionary SelectMany OrderBy GroupBy
  IsNullOrEmpty IsNullOrWhiteSpace TryParse TryGetValue IEnumerable IDisposable ConfigureAwait StringBuilder`,
);

const byLanguage: Readonly<Record<string, ReadonlySet<string>>> = {
  javascript: script,
  javascriptreact: script,
  typescript: script,
  typescriptreact: script,
  vue: script,
  svelte: script,
  html: script,
  python,
  java,
  kotlin: java,
  scala: java,
  go,
  rust,
};

/** Types of standard libraries by what they end in: their number has no end, and nobody invents `SortedMap`. */
const typeEnds =
  /^[A-Z]\w*(?:List|Map|Set|Queue|Deque|Stack|Stream|Reader|Writer|Buffer|Builder|Iterator|Iterable|Optional|Future|Thread|Lock|Pool|Runnable|Callable|Supplier|Consumer|Predicate|Comparator|Comparable|Serializable|Cloneable|Closeable)$/;
const standardErrors =
  /^(?:Illegal(?:Argument|State|Access)|NullPointer|IndexOutOfBounds|(?:Array|String)IndexOutOfBounds|ClassCast|Arithmetic|NumberFormat|UnsupportedOperation|ConcurrentModification|NoSuch(?:Element|Method|Field)|IO|UncheckedIO|FileNotFound|Interrupted|Timeout|Security|Runtime|Reflective|Clone(?:NotSupported)|Class(?:NotFound)|Parse|Date(?:Time)?|Argument(?:Null|OutOfRange)?|Invalid(?:Operation|Cast|Argument)|NullReference|Format|KeyNotFound|ObjectDisposed|NotImplemented|NotSupported|Key|Value|Type|Attribute|Name|Index|Lookup|OS|Import|ModuleNotFound|Unicode(?:Decode|Encode)?|Recursion|Zero(?:Division)|Stop(?:Iteration)|StopAsync(?:Iteration)|Assertion|Memory|Overflow|Standard|Runtime|Out_of_range|Pattern(?:Syntax)|JSONDecode|SQL|Socket|Connection(?:Refused|Reset)?|Permission|Timeout|FileExists|BrokenPipe|OutOfMemory|StackOverflow|Abort|Syntax|Reference|Range|Eval|URI|Aggregate)(?:Error|Exception)$/;

/** Modules of Python and packages of Go whose members are nobody's invention. */
const libraries = words(
  `abc argparse array ast asyncio base64 bisect builtins calendar codecs collections concurrent contextlib copy csv
  ctypes dataclasses datetime decimal difflib email enum errno fnmatch fractions functools gc getpass glob gzip
  hashlib heapq hmac html http importlib inspect io itertools json keyword locale logging math mimetypes
  multiprocessing numbers operator os pathlib pickle platform pprint queue random re sched secrets select shlex shutil
  signal socket sqlite3 ssl stat statistics string struct subprocess sys tempfile textwrap threading time timeit token
  tokenize tomllib traceback types typing unicodedata unittest urllib uuid warnings weakref xml zipfile zlib zoneinfo
  numpy np pandas pd pytest requests
  bufio bytes cmp context crypto database embed encoding errors exec filepath flag fmt fs hash heap httptest ioutil
  iter json list log maps net path rand reflect regexp ring runtime slices slog sort sql strconv strings sync
  sync/atomic atomic syscall tabwriter template testing unicode unsafe url utf8 utf16
  std core alloc System java javax jdk org com Microsoft absl boost`,
);

/** Whether a word, or the first of a chain of members, is one of a language's own. */
export function isLanguageWord(name: string, languages: ReadonlySet<string>): boolean {
  if (commonWords.has(name) || /^__\w+__$/.test(name)) return true;
  for (const language of languages) {
    const known = byLanguage[language] ?? others;
    if (known.has(name)) return true;
    if (known === script && isScriptName(name)) return true;
  }
  return typeEnds.test(name) || standardErrors.test(name) || standardLooks.test(name);
}

/** Types and limits of C, and variables of the environment. */
const standardLooks =
  /^\w+_t$|^(?:EXIT|U?INT|U?LONG|SIZE|CHAR|DBL|FLT|PATH|RAND|SEEK|PHP)\d*_[A-Z]+$|^(?:NODE_ENV|NODE_OPTIONS|LD_LIBRARY_PATH|JAVA_HOME)$/;

/** Whether a language's own words are known well enough to doubt one that is not among them. */
export function isKnownLanguage(languageId: string): boolean {
  return languageId in byLanguage || ['csharp', 'ruby', 'php', 'c', 'cpp'].includes(languageId);
}

export function isLibrary(name: string): boolean {
  return libraries.has(name);
}

let own: ReadonlySet<string> | undefined;

/** Whether JavaScript itself, or a module of Node's, has a name: what runs here can be asked. */
function isScriptName(name: string): boolean {
  own ??= scriptNames();
  return own.has(name);
}

const nodeModules = [
  'fs',
  'fs/promises',
  'path',
  'os',
  'util',
  'events',
  'stream',
  'url',
  'timers',
  'assert',
];

function scriptNames(): ReadonlySet<string> {
  const names = new Set<string>(nodeModules);
  const take = (value: unknown): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
    for (const name of Object.getOwnPropertyNames(value)) names.add(name);
  };
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    names.add(name);
    const { value } = Object.getOwnPropertyDescriptor(globalThis, name) ?? {};
    if (!/^[A-Z]/.test(name)) continue;
    take(value);
    if (typeof value === 'function') take(value.prototype);
  }
  take(process);
  take(Object.getPrototypeOf(function* () {}).prototype);
  for (const module of nodeModules) take(process.getBuiltinModule?.(module));
  return names;
}
