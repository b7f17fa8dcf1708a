import { Argument, type Command } from 'commander';
import { standardOutput, writeJson } from './output.ts';
import { type JsonOption, jsonOption } from './common-options.ts';

export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('Prints a shell completion script; use it as in: eval "$(hvkvp completion bash)".')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addOption(jsonOption())
    .action(async (shell: 'bash' | 'zsh' | 'fish', { json }: JsonOption) => {
      const { completion } = await import('./completion.ts');
      const script = completion(program, shell);
      const output = standardOutput(json);
      if (output.json) writeJson(output, { shell, script });
      else output.write(script);
    });
}
