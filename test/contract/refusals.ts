export type Body = Record<string, unknown>;

export const user = (content: string) => [{ role: 'user', content }];

/** A tool as `/api/chat` takes it. */
export const tool = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

/** What is refused, in the server's very words: path, body, status, text of `error`. `TEXT` stands for the text model. */
export const refusals: readonly (readonly [string, string, Body | string, number, string])[] = [
  ['an empty body', '/api/chat', '', 400, 'missing request body'],
  ['a body that is cut', '/api/chat', '{"mod', 400, 'unexpected EOF'],
  ['no model', '/api/chat', { messages: [] }, 400, 'model is required'],
  ['an impossible name', '/api/chat', { model: 'a b/c:d:e' }, 400, 'invalid model name'],
  ['a missing model', '/api/chat', { model: 'not-here', messages: [] }, 404, "model 'not-here' not found"],
  ['a missing model to show', '/api/show', { model: 'not-here' }, 404, "model 'not-here:latest' not found"],
  [
    'a missing model to copy',
    '/api/copy',
    { source: 'not-here', destination: 'x' },
    404,
    'model "not-here" not found',
  ],
  ['a missing model to complete', '/api/generate', { model: 'not-here' }, 404, "model 'not-here' not found"],
  [
    'a body that is a list',
    '/api/chat',
    '[]',
    400,
    'json: cannot unmarshal array into Go value of type api.ChatRequest',
  ],
  [
    'a bad word in a body',
    '/api/chat',
    '{"model": x}',
    400,
    "invalid character 'x' looking for beginning of value",
  ],
  [
    'a number for a name',
    '/api/chat',
    { model: 5 },
    400,
    'json: cannot unmarshal number into Go struct field ChatRequest.model of type string',
  ],
  [
    'content in parts',
    '/api/chat',
    { model: 'TEXT', messages: [{ role: 'user', content: ['a'] }] },
    400,
    'json: cannot unmarshal array into Go struct field ChatRequest.messages.content of type string',
  ],
  [
    'a word for a truth value',
    '/api/chat',
    { model: 'TEXT', stream: 'x', messages: user('Hi') },
    400,
    'json: cannot unmarshal string into Go struct field ChatRequest.stream of type bool',
  ],
  [
    'too many alternatives',
    '/api/chat',
    { model: 'TEXT', top_logprobs: 21, messages: user('Hi') },
    400,
    'top_logprobs must be between 0 and 20',
  ],
  [
    'a duration without its unit',
    '/api/chat',
    { model: 'TEXT', keep_alive: '10', messages: user('Hi') },
    400,
    'time: missing unit in duration "10"',
  ],
  ['a copy from nowhere', '/api/copy', { source: '', destination: 'x' }, 400, 'source "" is invalid'],
  ['a copy to nowhere', '/api/copy', { source: 'TEXT' }, 400, 'destination "" is invalid'],
  ['a pull of nothing', '/api/pull', {}, 400, 'invalid model name'],
  [
    'an insertion where there is none',
    '/api/generate',
    { model: 'TEXT', prompt: 'Hi', suffix: 'x' },
    400,
    'registry.ollama.ai/library/TEXT does not support insert',
  ],
  [
    'an embedding of a chat model',
    '/api/embed',
    { model: 'TEXT', input: 'x' },
    501,
    'This server does not support embeddings. Start it with `--embeddings`',
  ],
  [
    'thinking where there is none',
    '/api/chat',
    { model: 'TEXT', think: true, messages: user('Hi') },
    400,
    '"TEXT" does not support thinking',
  ],
  [
    'tools where there are none',
    '/api/chat',
    { model: 'TEXT', tools: [tool], messages: user('Hi') },
    400,
    'registry.ollama.ai/library/TEXT does not support tools',
  ],
  [
    'messages of the wrong type',
    '/api/chat',
    { model: 'TEXT', messages: 'x' },
    400,
    'json: cannot unmarshal string into Go struct field ChatRequest.messages of type []api.Message',
  ],
  [
    'a duration that is none',
    '/api/chat',
    { model: 'TEXT', keep_alive: 'zz', messages: user('Hi') },
    400,
    'time: invalid duration "zz"',
  ],
  [
    'a window that is no number',
    '/api/chat',
    { model: 'TEXT', options: { num_ctx: 'x' }, messages: user('Hi') },
    500,
    'option "num_ctx" must be of type integer',
  ],
  [
    'a format that is none',
    '/api/chat',
    { model: 'TEXT', format: 'foo', messages: user('Hi') },
    500,
    'invalid format: "\\"foo\\""; expected "json" or a valid JSON Schema object',
  ],
  [
    'an image where nothing sees',
    '/api/chat',
    { model: 'TEXT', messages: [{ role: 'user', content: 'Hi', images: ['aGk='] }] },
    400,
    '{"error":{"code":400,"message":"Multimodal data provided, but model does not support multimodal requests.","type":"invalid_request_error"}}',
  ],
  [
    'arguments as a string',
    '/api/chat',
    {
      model: 'TEXT',
      messages: [
        { role: 'assistant', content: '', tool_calls: [{ function: { name: 'f', arguments: '{}' } }] },
      ],
    },
    400,
    "Value looks like object, but can't find closing '}' symbol",
  ],
];
