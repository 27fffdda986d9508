import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedText, type Message } from '../../../src/vocabulary/request.ts';

const user = (text: string): Message => ({ role: 'user', parts: [{ type: 'text', text }] });

test('what is asked is the last thing that the user wrote', () => {
  const answer: Message = { role: 'assistant', parts: [{ type: 'text', text: 'an answer' }] };
  assert.equal(askedText({ messages: [user('first'), answer, user('second'), answer] }), 'second');
});

test('a tool’s result asks nothing new: the question before it stands', () => {
  const call: Message = {
    role: 'assistant',
    parts: [{ type: 'toolCall', callId: '1', name: 'get_weather', input: { city: 'Rome' } }],
  };
  const result: Message = {
    role: 'user',
    parts: [{ type: 'toolResult', callId: '1', name: 'get_weather', text: '31 degrees' }],
  };
  assert.equal(askedText({ messages: [user('use llama3.2:3b to …'), call, result] }), 'use llama3.2:3b to …');
});

test('without a word of the user nothing is asked', () => {
  assert.equal(askedText({ messages: [] }), '');
});
