import { expect, it } from 'vitest';
import { nameInHostsFile } from '../../../src/platform/hosts-file.ts';
import { fakeMachine } from './fake-machine.ts';

function ask(hosts: string) {
  return nameInHostsFile(fakeMachine({ files: { '/etc/hosts': hosts } }), 'guest');
}

it.each([
  { what: 'as Debian writes it', hosts: '127.0.0.1\tlocalhost\n127.0.1.1\tguest.example.com\tguest\n' },
  { what: 'with comments', hosts: '# guest.example.org guest\n10.0.0.4 guest.example.com guest # guest.example.net\n' },
  { what: 'in other letters', hosts: '10.0.0.4 guest.example.com GUEST\n' },
  { what: 'from Windows', hosts: '10.0.0.4 guest.example.com guest\r\n' },
  { what: 'more than once', hosts: '::1 guest.example.com guest\n10.0.0.4 guest.example.org guest\n' },
  { what: 'indented', hosts: '  10.0.0.4  guest.example.com  guest  \n' },
])('the full name in /etc/hosts is found $what', ({ hosts }) => {
  expect(ask(hosts)).toBe('guest.example.com');
});

it('a short name that comes first is what resolvers take, too', () => {
  expect(ask('127.0.1.1 guest guest.example.com\n')).toBe('guest');
});

it('nothing is found where the name is not, or no file', () => {
  expect(ask('10.0.0.4 guest2.example.com guest2\nguest\n\n')).toBeUndefined();
  expect(nameInHostsFile(fakeMachine({}), 'guest')).toBeUndefined();
});
