"""Keys: a person's own pair of keys, which signs a sealed bundle so that others can tell by whom it was sealed.

Comes in: a file and a passphrase. Goes out: an Ed25519 key in PEM, locked with the passphrase, its public half beside it, signatures.
Example: `new_key(Path("ana.pem"), b"…")` leaves ana.pem, which nobody else may read, and ana.pub.pem, which everybody may have.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from presstime.problems import InputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

__all__ = ["SHORTEST_PASSPHRASE", "fingerprint", "new_key", "open_key", "public_file", "public_pem", "signature_fits"]

SHORTEST_PASSPHRASE = 12
"""Characters: a key that is stolen with its file is guessed offline, as fast as the thief's machine can."""


def public_file(key: Path) -> Path:
    """Where the public half of a key lies."""
    return key.with_name(f"{key.stem}.pub.pem")


def new_key(file: Path, passphrase: bytes) -> str:
    """Makes a key and its public half; gives its fingerprint. Raises InputError where a file is there, or the passphrase is short."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if len(passphrase.decode("utf-8", "replace")) < SHORTEST_PASSPHRASE:
        raise InputError(f"the passphrase is short; take {SHORTEST_PASSPHRASE} characters or more, such as four words")
    for each in (file, public_file(file)):
        if each.exists():
            raise InputError(f"{each} is there already, and no key is ever overwritten; give another file")
    key = Ed25519PrivateKey.generate()
    locked = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(passphrase)
    )
    public = public_pem(key)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(locked)
    public_file(file).write_bytes(public)
    return fingerprint(public)


def open_key(file: Path, passphrase: bytes) -> Ed25519PrivateKey:
    """A key from its file. Raises InputError where it cannot be opened."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        key = serialization.load_pem_private_key(file.read_bytes(), passphrase or None)
    except OSError as error:
        raise InputError(f"the key {file} cannot be read ({error.strerror}); check the path, or make one with presstime key new") from None
    except (ValueError, TypeError):
        raise InputError(f"the key {file} does not open: the passphrase is not its own, or the file is no key in PEM") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError(f"the key {file} is not an Ed25519 key; make one with presstime key new")
    return key


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """A key's public half, in PEM."""
    from cryptography.hazmat.primitives import serialization

    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def signature_fits(pem: bytes, signature: bytes, data: bytes) -> bool:
    """Whether a signature over data was made with the key whose public half is given; false for what is no such key."""
    from cryptography.exceptions import InvalidSignature

    try:
        _public(pem).verify(signature, data)
    except (InvalidSignature, InputError):
        return False
    return True


def fingerprint(pem: bytes) -> str:
    """What tells one key from another when read out: SHA-256 of the public half. Raises InputError where it is none."""
    from cryptography.hazmat.primitives import serialization

    return hashlib.sha256(_public(pem).public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)).hexdigest()


def _public(pem: bytes) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = serialization.load_pem_public_key(pem)
    except ValueError:
        raise InputError("this is no public key in PEM; give the file that ends in .pub.pem") from None
    if not isinstance(key, Ed25519PublicKey):
        raise InputError("this is not an Ed25519 key; give the file that presstime key new made")
    return key
