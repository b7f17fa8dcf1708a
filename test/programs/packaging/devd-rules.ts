/** A statement of devd.conf(5): when all matches hold of an event, the action is run by sh(1). */
export interface DevdRule {
  readonly priority: number;
  readonly matches: Readonly<Record<string, string>>;
  readonly action: string;
}

const tokenForms = /\s+|#[^\n]*|\/\/[^\n]*|(notify|match|action|\d+|[{};]|"[^"\n]*")/gy;

/** The `notify` statements of a file. Throws at anything that devd.conf(5) does not describe of them. */
export function parseDevdRules(text: string): readonly DevdRule[] {
  const tokens = tokensOf(text);
  const take = (form: RegExp): string => {
    const token = tokens.shift() ?? 'the end';
    if (!form.test(token)) throw new Error(`'${token}' where ${form.source} is expected`);
    return token.replaceAll('"', '');
  };
  const rules: DevdRule[] = [];
  while (tokens.length > 0) {
    take(/^notify$/);
    const priority = Number(take(/^\d+$/));
    take(/^\{$/);
    const matches: Record<string, string> = {};
    while (tokens[0] === 'match') {
      take(/^match$/);
      matches[take(/^"/)] = take(/^"/);
      take(/^;$/);
    }
    take(/^action$/);
    const action = take(/^"/);
    for (const end of [/^;$/, /^\}$/, /^;$/]) take(end);
    rules.push({ priority, matches, action });
  }
  return rules;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let end = 0;
  for (const { 0: all, 1: token, index } of text.matchAll(tokenForms)) {
    end = index + all.length;
    if (token !== undefined) tokens.push(token);
  }
  if (end !== text.length) throw new Error(`not devd.conf: ${text.slice(end, text.indexOf('\n', end))}`);
  return tokens;
}
