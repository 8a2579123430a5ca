import { readAnswer } from './read-answer.ts'
import type { VertexAnswer } from './vertex-client.ts'

const answer = (given: object) => given as VertexAnswer
const candidate = (given: object) => ({ candidates: [{ finishReason: 'STOP', ...given }] })

describe('readAnswer', () => {
  test('thinking counts as output and is no part of the text', () => {
    const parts = [{ text: 'Let me see', thought: true }, { text: '{"a":' }, { text: '1}' }]
    const usageMetadata = { promptTokenCount: 5, candidatesTokenCount: 7, thoughtsTokenCount: 11 }

    expect(readAnswer(answer({ ...candidate({ content: { parts } }), usageMetadata }))).toEqual({
      outcome: 'answered',
      json: { a: 1 },
      finish_reason: 'STOP',
      model: 'unknown',
      usage: { input_tokens: 5, output_tokens: 18 },
    })
  })

  test.each([
    ['no candidate', {}, 'blocked', 'NO_CANDIDATE'],
    ['no finish reason', { candidates: [{}] }, 'blocked', 'FINISH_REASON_UNSPECIFIED'],
    [
      'a malformed response',
      candidate({ finishReason: 'MALFORMED_RESPONSE' }),
      'malformed',
      'MALFORMED_RESPONSE',
    ],
    ['no text', candidate({}), 'malformed', 'INVALID_JSON'],
    [
      'whole JSON that was cut off all the same',
      candidate({ finishReason: 'MAX_TOKENS', content: { parts: [{ text: '{}' }] } }),
      'cut-off',
      'MAX_TOKENS',
    ],
    [
      'a blocked prompt beside a candidate',
      { ...candidate({ content: { parts: [{ text: '{}' }] } }), promptFeedback: { blockReason: 'SAFETY' } },
      'blocked',
      'PROMPT_BLOCKED',
    ],
  ])('%s is withheld', (_title, given, outcome, finishReason) => {
    expect(readAnswer(answer(given))).toMatchObject({ outcome, finish_reason: finishReason })
  })
})
