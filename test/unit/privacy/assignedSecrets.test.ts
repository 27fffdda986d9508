import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { assignedSecrets } from '../../../src/privacy/assignedSecrets.ts';

const drawn = 'vK7qXz29LmTbR4wYp8Jd';
const found = (text: string) =>
  assignedSecrets(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe('a secret is known by what stands beside it:', () => {
  const cases: readonly (readonly [string, string, string?])[] = [
    ['password', `password = "${drawn}"`],
    ['password', 'DB_PASSWORD=Xk29!lmQzz', 'Xk29!lmQzz'],
    ['password', 'Server=db;User Id=sa;Password=Xk29lmQ77zz;Encrypt=true', 'Xk29lmQ77zz'],
    ['password', '"password": "Summer2024!"', 'Summer2024!'],
    ['password', 'spring.datasource.password: Kj8#mQ2x', 'Kj8#mQ2x'],
    ['token', `token: ${drawn}`],
    ['token', `const accessToken: string = '${drawn}';`],
    ['token', `{\\"refresh_token\\":\\"${drawn}\\"}`],
    ['token', 'TOKEN=5f4dcc3b5aa765d61d8327deb882cf99', '5f4dcc3b5aa765d61d8327deb882cf99'],
    ['key', `x-api-key: ${drawn}`],
    ['key', `apiKey := \`${drawn}\``],
    ['key', `AccountName=a;AccountKey=${drawn}${drawn}==;EndpointSuffix=x`, `${drawn}${drawn}==`],
    ['key', `tool --api-key ${drawn} run`],
    ['secret', `<clientSecret>${drawn}</clientSecret>`],
    ['secret', `config["client_secret"] = '${drawn}'`],
    [
      'secret',
      '"client_secret": "123e4567-e89b-12d3-a456-426614174000"',
      '123e4567-e89b-12d3-a456-426614174000',
    ],
    ['authorization', `Authorization: Bearer ${drawn}`],
    ['authorization', `headers.set('Authorization', 'Bearer ${drawn}')`],
    ['authorization', `"authorization": "Basic ${btoa('deploy:8fKq2LzPxx')}"`, btoa('deploy:8fKq2LzPxx')],
    ['connection', 'redis://:8fKq2LzPm@cache.corp.net:6379', '8fKq2LzPm'],
    ['connection', 'amqp://worker:hG7%23kLq2@mq.corp.net', 'hG7%23kLq2'],
    [
      'jwt',
      `eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOjk5MTIzfQ.${drawn}`,
      `eyJhbGciOiJIUzI1NiJ9.eyJ1aWQiOjk5MTIzfQ.${drawn}`,
    ],
    ['signature', `https://x.blob.core.windows.net/a?sv=1&sig=${drawn}${drawn}%3D`, `${drawn}${drawn}%3D`],
  ];
  for (const [kind, text, value = drawn] of cases)
    test(text, () =>
      assert.ok(
        found(text).some(([a, b]) => a === kind && b === value),
        JSON.stringify(found(text)),
      ),
    );

  test('any that is drawn at random from letters and digits, in any usual place', () => {
    const digits = '0123456789';
    const all = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz${digits}`;
    const value = fc
      .array(fc.constantFrom(...all), { minLength: 32, maxLength: 64 })
      .map((letters) => letters.join(''))
      // One in 10,000 reads like words.
      .filter((text) => (text.match(/[0-9]+/g)?.length ?? 0) >= 4 && new Set(text).size >= 16)
      .filter((text) => !/[A-Z]{6}|[a-z]{6}|xxxx/i.test(text));
    const place = fc.constantFrom(
      (text: string) => `DB_TOKEN=${text}\n`,
      (text: string) => `  api_key: ${text}`,
      (text: string) => `const secret = "${text}";`,
      (text: string) => `{"client_secret":"${text}"}`,
      (text: string) => `Authorization: Bearer ${text}`,
    );
    fc.assert(fc.property(value, place, (text, put) => assert.equal(found(put(text))[0]?.[1], text)));
  });
});

describe('no secret is', () => {
  for (const text of [
    'const password = "example"',
    'password: hunter2',
    'password = "P@ssw0rd123"',
    'password: "correct-horse-battery"',
    'password: process.env.DB_PASSWORD1',
    'password: ${' + '{ secrets.DB_PASSWORD_2 }}',
    'DB_PASSWORD=$' + '{DB_PASSWORD_2:-changeme1}',
    'password: <your-password-1>',
    'if (password === request2.body.password1) {',
    'SIGNIN_TOKEN = "/oauth2/v2.0/token"',
    'token = getToken2(user1)',
    'const token = await client.acquireTokenSilent(request2)',
    'token: CancellationToken = CancellationToken.None',
    'nextPageToken: "CAUQAA8fKq2LzPxx99aBcDeFgH"',
    '<input name="csrf-token" value="x"> csrfToken = "aB3dE5fG7hJ9kL1mN2pQ4rS6"',
    'maxTokens: 200_000, tokenCount = 1234567890123456789',
    '"token": "123e4567-e89b-12d3-a456-426614174000"',
    '"integrity": "sha512-vK7qXz29LmTbR4wYp8JdvK7qXz29LmTbR4wYp8Jd=="',
    'commit 3f2a9c7e1b5d4f6a8c0e2b4d6f8a0c1e3b5d7f90',
    'checksum: 5f4dcc3b5aa765d61d8327deb882cf995f4dcc3b5aa765d61d8327deb882cf99',
    'passwordHash: "5f4dcc3b5aa765d61d8327deb882cf99"',
    'secretName: "orders-db-credentials-v2"',
    'src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4"',
    'apiKey: "abcdefghijklmnopqrstuvwxyz123456"',
    'apiKey: "0123456789abcdef0123456789abcdef"',
    'apiKey: "xxxxxxxxxxxxxxxxxxxxxxxxxxxx1234"',
    'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'secret: "my-super-secret-signing-key-for-tests-2"',
    'Authorization: Bearer <token>',
    'Authorization: Bearer YOUR_ACCESS_TOKEN_HERE',
    `Authorization: Basic ${btoa('user:password')}`,
    'postgres://postgres:postgres123@localhost:5432/app',
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
  ])
    test(text, () => assert.deepEqual(found(text), []));
});

test('finding secrets takes a time that grows with the text alone, whatever is in it', () => {
  for (const piece of [
    'password',
    'password=',
    'token:"',
    'a://b:',
    'eyJ',
    'authorization: ',
    '--token ',
    '\\"',
    'x'.repeat(50),
  ]) {
    const cpu = process.cpuUsage();
    assert.deepEqual(found(piece.repeat(400_000 / piece.length)).slice(0, 0), []);
    assert.ok(process.cpuUsage(cpu).user < 3_000_000, piece);
  }
});
