import { Argument, type Command } from 'commander';
import { standardOutput } from '../commands/output.ts';

export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('Prints what makes a shell complete the words of hvkvp, as in: eval "$(hvkvp completion bash)".')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completion } = await import('./completion.ts');
      standardOutput().write(completion(program, shell));
    });
}
