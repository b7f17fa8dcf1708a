import { describe } from 'vitest';
import { no, notInstalled } from './support/guest.ts';
import { outcomes } from './support/outcomes.ts';

const dmi = '/sys/class/dmi/id';
const withoutDmi = { without: [dmi] };
const bus = '/sys/bus/vmbus';

describe('hypervisor', () => {
  outcomes('hypervisor', 'linux', [
    ['the firmware says so', {}, 'ok', 'Microsoft Corporation Virtual Machine'],
    ['there is a VMBus', withoutDmi, 'ok', 'it has a VMBus'],
    ['CPUID says so', { without: [dmi, bus] }, 'ok', 'CPUID says "Microsoft Hv"'],
    [
      'KVM that calls itself Hyper-V',
      { without: [bus], files: { [`${dmi}/sys_vendor`]: 'QEMU', [`${dmi}/product_name`]: 'Standard PC' } },
      'problem',
      'not on Hyper-V: QEMU Standard PC imitates Hyper-V',
    ],
    [
      'Xen that calls itself Hyper-V',
      { without: [bus, dmi], files: { '/sys/hypervisor/type': 'xen\n' } },
      'problem',
      'not on Hyper-V: xen imitates Hyper-V',
    ],
    ['KVM', { without: [bus, dmi], hypervisor: 'KVMKVMKVM' }, 'problem', 'not on Hyper-V: CPUID says "KVMKVMKVM"'],
    ['a physical machine', { without: [bus, dmi], hypervisor: '' }, 'problem', 'not on Hyper-V: no hypervisor'],
    ['no CPUID and no firmware’s tables', { without: [bus, dmi], hypervisor: undefined }, 'unknown', 'cannot tell'],
  ]);
  outcomes('hypervisor', 'freebsd', [
    ['Hyper-V', {}, 'ok', 'kern.vm_guest is "hv"'],
    ['another', { commands: { 'sysctl -n kern.vm_guest': 'kvm\n' } }, 'problem', 'kern.vm_guest is "kvm"'],
    ['none', { commands: { 'sysctl -n kern.vm_guest': 'none\n' } }, 'problem', 'no hypervisor'],
    ['a jail without sysctl', { commands: { 'sysctl -n kern.vm_guest': notInstalled } }, 'unknown', 'cannot tell'],
  ]);
});

describe('driver', () => {
  outcomes('driver', 'linux', [
    ['a module', {}, 'ok', 'hv_utils is loaded'],
    ['in the kernel', { without: ['/proc/modules'] }, 'ok', 'hv_utils is built in'],
    ['no VMBus', { without: [bus] }, 'problem', 'no driver for VMBus'],
    ['no hv_utils', { without: [`${bus}/drivers`] }, 'problem', 'hv_utils.* is not loaded'],
  ]);
  outcomes('driver', 'freebsd', [
    ['in the kernel', {}, 'ok', 'hv_utils is built in'],
    ['a module', { commands: { 'kldstat -q -n hv_utils': '' } }, 'ok', 'hv_utils is loaded'],
    ['no VMBus', { commands: { 'sysctl -n dev.vmbus.0.%desc': no } }, 'problem', 'no driver for VMBus'],
    ['no utilities', { commands: { 'kldstat -q -m vmbus/hv_kvp': no } }, 'problem', 'is not loaded'],
  ]);
});

describe('data-exchange', () => {
  outcomes('data-exchange', 'linux', [
    ['offered', {}, 'ok', 'the host offers it'],
    ['not offered', { without: [`${bus}/devices`] }, 'problem', 'does not offer it'],
    [
      'only other devices',
      { files: { [`${bus}/devices/b6650ff7/class_id`]: '{f8615163-df3e-46c5-913f-f2d2f965ed0e}\n' } },
      'problem',
      'does not offer it',
    ],
  ]);
  outcomes('data-exchange', 'freebsd', [
    ['offered', {}, 'ok', 'the host offers it'],
    ['not offered', { commands: { 'sysctl -n dev.hvkvp.0.%desc': no } }, 'problem', 'does not offer it'],
  ]);
});
