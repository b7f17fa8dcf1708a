import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesIn, pages, proseOf, root } from './prose.ts';

/** What people should not have to read twice, each with the usual word. */
const unusual: readonly (readonly [RegExp, string])[] = [
  [/\bgoes on as\b/, 'continues as'],
  [/\banew\b/, 'again'],
  [/\bcounts as empty\b/, 'is treated as empty'],
  [/\bnot whole\b/, 'incomplete'],
  [/\b(?:is|are|was|were) left out\b/, 'skipped, omitted'],
  [/\bin the place of\b/, 'instead of, replacing'],
  [/\bhow (?:the|a|this) daemon does\b/, 'the status of the daemon'],
  [/(?<!none )\bof root[’']s\b/, 'owned by root'],
  [/\bworth an alarm\b/i, 'alert on'],
  [/\bflesh and blood\b/, 'real'],
  [/\bwaited for for\b/, 'waits up to'],
  [/(?<!there )\bis no (?:mask|number|file|folder|address|device|pool|name|user)\b/, 'is not a …'],
  [/\bnobody can be asked\b/, 'not a terminal'],
  [/\bcut short\b/, 'interrupted'],
  [/\bits likes\b/, 'compatible systems'],
  [/\ba row of records\b/, 'a sequence of records'],
  [/\bcannot be had\b/, 'is not available'],
  [/\bas installed\b/i, 'by default'],
  [/\bwhence\b/, 'where … from'],
  [/\bcame to (?:be|have)\b|\bhas come to\b/, 'got, is now'],
  [/\bhow (?:the|a) (?:service|units?) (?:is|are)\b/, 'the state of the …'],
  [/\bwe (?:know|may)\b/, 'supported; no permission to'],
  [/\b(?:is|are|was|were) told of each\b|\bit is told\b/, 'is reported'],
  [/\bthere can be but\b/, 'there can be only'],
  [/\bhung up\b|\bhangs up\b/, 'closed the connection'],
  [/\bthan root can\b(?<!users other than root can)/, 'users other than root'],
  [/\bbring back\b/, 'restore'],
  [/\bto mend\b|\bmend it\b/, 'correct'],
  [/\bsaved ends?\b/, 'saved tails'],
  [/\bprograms of hosts\b/, 'programs on hosts'],
  [/\b(?:is|was) gone or empty\b/, 'is missing or empty'],
  [/\bby somebody else\b/, 'by another program'],
  [/\bas one would\b/, 'name what was done instead'],
];

const longestLine = 110;
/** Its sentences have figures in them, of any length. */
const generated = 'docs/performance.md';
/** The texts of a source file that are in quotes: what a person may read. */
function literalsOf(file: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      texts.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
  return texts;
}

const prose = [...pages, ...filesIn('man', '')].map((file) => ({ file, texts: [readFileSync(file, 'utf8')] }));
const messages = filesIn('src', '.ts').map((file) => ({ file, texts: literalsOf(file) }));

describe('what people read', () => {
  it.each([
    ['documents and manual pages', prose],
    ['messages', messages],
  ])('uses the usual words in %s', (_, read) => {
    const found = read.flatMap(({ file, texts }) =>
      unusual.flatMap(([word, usual]) =>
        texts
          .filter((text) => word.test(text))
          .map((text) => `${relative(root, file)}: “${word.exec(text)?.[0] ?? ''}” → ${usual}`),
      ),
    );
    expect(found).toEqual([]);
  });

  it(`has no line of prose beyond ${longestLine} characters in documents`, () => {
    const written = pages.filter((file) => relative(root, file) !== generated);
    const found = written.flatMap((file) =>
      proseOf(readFileSync(file, 'utf8'))
        .filter((line) => line.length > longestLine)
        .map((line) => `${relative(root, file)}: ${line}`),
    );
    expect(found).toEqual([]);
  });
});
