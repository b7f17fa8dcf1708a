/** What must not come of a fault, see docs/faults.md. @type {readonly import('./mutations.mjs').Mutation[]} */
export const faultMutations = [
  {
    name: 'an end when the device cannot be read',
    file: 'src/device/session.ts',
    find: '      else this.#lose(`the driver sent ${count} bytes; starting anew`);\n    } catch (error) {\n      if (!isSystemError(error)) throw error;',
    replace:
      '      else this.#lose(`the driver sent ${count} bytes; starting anew`);\n    } catch (error) {\n      process.exit(1);',
    test: 'test/faults/device.test.ts',
  },
  {
    name: 'a device that is not opened again',
    file: 'src/device/session.ts',
    find: '    this.#backOff.schedule();\n',
    replace: '',
    test: 'test/device/session.test.ts',
  },
  {
    name: 'a trouble with the device logged at each retry',
    file: 'src/device/session.ts',
    find: 'const isNew = trouble !== this.#lastTrouble;',
    replace: "const isNew = trouble !== '';",
    test: 'test/faults/device.test.ts',
  },
  {
    name: 'a registration that passes for recovery',
    file: 'src/device/session.ts',
    find: '    this.#registeredAt = performance.now();\n',
    replace: '    this.#recovered();\n',
    test: 'test/faults/device.test.ts',
  },
  {
    name: 'a reply of which the driver took half',
    file: 'src/device/kvp-device.ts',
    find: 'count === undefined || count === message.length',
    replace: 'count === undefined || count <= message.length',
    test: 'test/faults/device.test.ts',
  },
  {
    name: 'a failing operation logged at each request',
    file: 'src/daemon/failures.ts',
    find: 'if (this.#told.get(subject) !== message) this',
    replace: 'this',
    test: 'test/faults/pools.test.ts',
  },
  {
    name: 'a log that waits for its reader',
    file: 'native/process.cc',
    find: 'poll(&room, 1, 0) == 1',
    replace: 'poll(&room, 1, -1) == 1',
    test: 'test/faults/listeners.test.ts',
  },
  {
    name: 'an end when the reader of the log is gone',
    file: 'src/log/sinks.ts',
    find: '    if (!isSystemError(error)) throw error;\n    return false;',
    replace: '    throw error;',
    test: 'test/faults/listeners.test.ts',
  },
];
