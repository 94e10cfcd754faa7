# os: files, directories, descriptors: results, and OSError's class, text and file names.
import os
import shutil
import stat
import tempfile


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e.args, repr(getattr(e, "filename", None)), repr(getattr(e, "filename2", None)))


top = tempfile.mkdtemp()
os.chdir(top)
with open("a", "w") as f:
    f.write("hello")
os.mkdir("d")
os.symlink("a", "link")
os.link("a", "hard")
print(sorted(os.listdir()), sorted(os.listdir(b".")), os.readlink("link"), os.readlink(b"link"))
st = os.stat("a")
print(st.st_size, st.st_nlink, stat.filemode(st.st_mode), st[6], st.st_mtime_ns // 10**9 == st[8], len(st), st.n_fields, st.n_unnamed_fields)
with os.scandir() as it:
    for e in sorted(it, key=lambda e: e.name):
        print(e, e.path, e.is_dir(), e.is_file(), e.is_symlink(), e.is_file(follow_symlinks=False), e.inode() == os.lstat(e).st_ino, e.stat().st_size >= 0)
fd = os.open("d", os.O_RDONLY)
print(os.listdir(fd), os.stat(fd).st_ino == os.stat("d").st_ino)
inner = os.open("inside", os.O_CREAT | os.O_RDWR, 0o640, dir_fd=fd)
print(os.write(inner, b"0123456789"), os.lseek(inner, 2, os.SEEK_SET), os.read(inner, 3), os.pread(inner, 4, 6), os.pwrite(inner, b"xy", 8))
os.ftruncate(inner, 9)
print(os.fstat(inner).st_size, os.get_inheritable(inner), os.get_blocking(inner))
buffers = [bytearray(3), bytearray(4)]
print(os.preadv(inner, buffers, 1), buffers, os.writev(inner, [b"ab", b"cd"]))
os.close(inner)
os.rename("inside", "moved", src_dir_fd=fd, dst_dir_fd=fd)
os.utime("d/moved", ns=(5 * 10**9 + 7, 6 * 10**9 + 9))
print(os.stat("d/moved").st_mtime_ns, os.stat("d/moved").st_atime)
os.utime("d/moved", (1.5, -2.5))
print(os.stat("d/moved").st_mtime_ns)
os.chmod("d/moved", 0o600)
print(oct(os.stat("moved", dir_fd=fd).st_mode), os.access("moved", os.R_OK, dir_fd=fd))
os.unlink("moved", dir_fd=fd)
os.close(fd)
r, w = os.pipe()
print(os.write(w, memoryview(b"piped")), os.read(r, 100), os.dup2(r, w) == w)
for call in ((os.stat, "nope"), (os.stat, b"nope"), (os.stat, "a\0b"), (os.stat, b"a\0b"), (os.stat, []), (os.mkdir, 3), (os.mkdir, "d"),
             (os.rmdir, "nope"), (os.rename, "nope", "b"), (os.link, "nope", "b"), (os.symlink, "x", "no/where"), (os.listdir, 3.5), (os.listdir, "a"),
             (os.scandir, "nope"), (os.open, "nope", os.O_RDONLY), (os.open, "x", 1.5), (os.close, "a"), (os.close, 1 << 40), (os.fsync, "a"),
             (os.fsync, -1), (os.read, 0, -1), (os.truncate, "nope", 5), (os.readlink, "a"), (os.chdir, "a"), (os.chown, "x", "a", 2),
             (os.chown, "x", -2, 2), (os.lseek, r, 0, 0), (os.utime, "a", 5), (os.utime, "a", ("a", 2)), (os.fspath, 5), (os.remove, "d"),
             (os.execv, "nope", []), (os.execv, "nope", ["a"]), (os.execve, "nope", ["a"], 1), (os.sysconf, "x"), (os.putenv, "a=b", "c"),
             (os.urandom, -1), (os.strerror, 5), (os.waitstatus_to_exitcode, 0x17f), (os.get_terminal_size, 99), (os.read, 0, 1 << 70)):
    print(call[0].__name__, end=" ")
    attempt(*call)
attempt(os.stat, 3, dir_fd=3)
attempt(os.stat, "x", dir_fd="d")
attempt(os.stat, 3, follow_symlinks=False)
attempt(os.utime, "a", (1, 2), ns=(1, 2))
print(os.stat_result(range(10)), os.terminal_size((80, 24)))
for path in ("", "/", "//", "///a", "a/../b/./c//", "../..", "/../x", "./..", "a/b/../../.."):
    print(repr(path), os.path.normpath(path))
os.chdir("/")
shutil.rmtree(top)
print(os.path.exists(top))
