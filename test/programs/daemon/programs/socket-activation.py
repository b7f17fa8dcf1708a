# As systemd starts a service by its socket: socket-activation.py SOCKET PROGRAM ARGUMENT...
import os, socket, sys

path, *command = sys.argv[1:]
listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
listener.bind(path)
# For everybody, so that only the program itself can keep others out.
os.chmod(path, 0o666)
listener.listen()
os.dup2(listener.fileno(), 3)
os.set_inheritable(3, True)
print('listening', flush=True)
os.execve(command[0], command, {**os.environ, 'LISTEN_PID': str(os.getpid()), 'LISTEN_FDS': '1'})
