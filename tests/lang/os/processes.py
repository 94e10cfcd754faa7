# Processes: fork, exec, spawn, wait, subprocess with pipes, and its errors.
import os
import signal
import subprocess
import sys

pid = os.fork()
if pid == 0:
    os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), os.system("exit 3") >> 8)
pid = os.posix_spawn("/bin/sh", ["sh", "-c", "echo spawned; exit $X"], {"X": "4"}, file_actions=[(os.POSIX_SPAWN_DUP2, 1, 2)])
print(os.waitpid(pid, 0)[1])
calls = []
os.register_at_fork(before=lambda: calls.append("before"), after_in_parent=lambda: calls.append("parent"))
pid = os.fork()
if pid == 0:
    os.kill(os.getpid(), signal.SIGKILL)
status = os.wait4(pid, 0)
print(calls, os.WIFSIGNALED(status[1]), os.WTERMSIG(status[1]), status[2].ru_utime >= 0)
print(subprocess.run(["echo", "hi"], capture_output=True))
print(subprocess.check_output("echo $X; pwd", shell=True, env={"X": "5"}, cwd="/"))
p = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
print(p.communicate("through\n"), p.returncode)
print(subprocess.run(["sh", "-c", "kill -9 $$"]).returncode, subprocess.run(["false"]).returncode)
for attempt in (lambda: subprocess.run(["/nope/x"]), lambda: subprocess.run(["ls"], cwd="/nope"), lambda: subprocess.run(["ls"], preexec_fn=lambda: 1 / 0),
                lambda: subprocess.run(["sleep", "5"], timeout=0.05), lambda: subprocess.run("exit 9", shell=True, check=True)):
    try:
        attempt()
    except subprocess.TimeoutExpired as e:
        print(type(e).__name__, e.cmd)
    except Exception as e:
        print(type(e).__name__, e, getattr(e, "filename", None))
r, w = os.pipe()
os.set_inheritable(w, True)
print(subprocess.run(["sh", "-c", f"echo passed >&{w}"], pass_fds=[w]).returncode, os.read(r, 100))
print(subprocess.run(["sh", "-c", f"echo closed >&{w}"], stderr=subprocess.DEVNULL).returncode != 0)
got = []
signal.signal(signal.SIGUSR1, lambda number, frame: got.append(number))
os.kill(os.getpid(), signal.SIGUSR1)
print(got)
sys.stdout.flush()
