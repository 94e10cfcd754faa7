# Digest modules: values across block boundaries, copies, HMAC, key derivation, and what wrong arguments say.
import _blake2
import _hashlib
import _sha3
import hashlib
import hmac


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


NAMES = "md5 sha1 sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512 blake2b blake2s".split()
for name in NAMES:
    for size in (0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 300):
        data = bytes(i * 7 & 255 for i in range(size))
        whole = getattr(hashlib, name)(data)
        parts = hashlib.new(name)
        for i in range(0, size, 50):
            parts.update(data[i:i + 50])
        twin = parts.copy()
        twin.update(b"more")
        print(name, size, whole.hexdigest(), parts.digest() == whole.digest(), twin.hexdigest()[:8])
    print(whole.name, whole.digest_size, whole.block_size)
for module, name in (("_md5", "md5"), ("_sha1", "sha1"), ("_sha256", "sha224"), ("_sha256", "sha256"), ("_sha512", "sha384"), ("_sha512", "sha512")):
    h = getattr(__import__(module), name)(b"abc")
    print(type(h), h.name, h.digest_size, h.block_size, h.hexdigest())
    attempt(type(h))
for shake in (hashlib.shake_128, hashlib.shake_256):
    print(shake(b"x").hexdigest(200), shake().name, shake().digest_size, shake().block_size)
attempt(_sha3.shake_128().digest, -1)
attempt(_sha3.shake_128().digest, 1 << 29)
print(hmac.new(b"key" * 50, b"message", "sha256").hexdigest(), hmac.digest(b"k", b"m", "sha3_256").hex())
print(hashlib.pbkdf2_hmac("sha1", b"password", b"salt", 100, 50).hex())
print(hashlib.scrypt(b"password", salt=b"NaCl", n=16, r=8, p=2, dklen=40).hex())
print(_blake2.blake2b(b"x", digest_size=20, key=b"key", salt=b"salt", person=b"me", fanout=2, depth=3, leaf_size=9, node_offset=1 << 40,
                      node_depth=1, inner_size=7, last_node=True).hexdigest())
print(_blake2.blake2s(b"x", digest_size=20, key=b"key", salt=b"salt", person=b"me", node_offset=1 << 40).hexdigest())
for options in (dict(digest_size=0), dict(digest_size=65), dict(key=b"x" * 65), dict(salt=b"x" * 17), dict(person=b"x" * 17), dict(fanout=-1),
                dict(depth=0), dict(leaf_size=-1), dict(leaf_size=1 << 32), dict(node_offset=1 << 64), dict(node_depth=256), dict(inner_size=65),
                dict(key="x")):
    attempt(_blake2.blake2b, b"", **options)
h = hashlib.sha256()
attempt(h.update, "x")
attempt(h.update, 5)
attempt(hashlib.new, "nope")
attempt(hashlib.pbkdf2_hmac, "md5", b"", b"", 0)
attempt(hashlib.pbkdf2_hmac, "md5", b"", b"", 1, 0)
attempt(hashlib.scrypt, b"a", salt=b"s", n=3)
attempt(hashlib.scrypt, b"a", salt=b"s", n=4, r=1)
attempt(hashlib.scrypt, b"a", salt=b"s", n=1 << 20, r=8, p=1)
attempt(hmac.new, b"k", b"", "nope")
attempt(hmac.compare_digest, "a", "\xe9")
attempt(hmac.compare_digest, "a", b"a")
attempt(_hashlib.HASH)
