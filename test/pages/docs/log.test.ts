import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const levels = ['error', 'warning', 'notice', 'info'];
/** Of what is fixed in a line, a piece that tells it from others. */
const shortest = 6;

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => {
    const text = readFileSync(join(root, 'src', name), 'utf8');
    return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  });

function each(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => {
    each(child, look);
  });
}

/** The fixed pieces of a text in quotes. */
function piecesOf(node: ts.Node): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return [];
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
}

const pieces: string[] = [];
const logged: (readonly string[])[] = [];
for (const source of sources) {
  each(source, (node) => {
    pieces.push(...piecesOf(node));
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const [line] = node.arguments;
    if (line !== undefined && levels.includes(node.expression.name.text)) logged.push(piecesOf(line));
  });
}
const page = readFileSync(join(root, 'docs/log.md'), 'utf8');
const rows = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, line = '']) => line);
const isLong = (piece: string): boolean => piece.trim().length >= shortest;

describe('docs/log.md', () => {
  it('has only lines that the programs write', () => {
    expect(rows.length).toBeGreaterThan(30);
    const unknown = rows.flatMap((row) =>
      row
        .split('…')
        .filter((part) => isLong(part) && !pieces.some((piece) => piece.includes(part.trim().replace(/^: |:$/g, '')))),
    );
    expect(unknown).toEqual([]);
  });

  it('has every line that they write', () => {
    const missing = logged.filter((line) => {
      const known = line.filter(isLong);
      return (
        known.length > 0 && !known.some((piece) => rows.some((row) => row.includes(piece.trim().replace(/:$/, ''))))
      );
    });
    expect(missing).toEqual([]);
  });
});
