"""Prints hashes.json: the same passwords, hashed by other software. README.md says what must be installed.

usage: WORDPRESS=<its folder> /usr/bin/python3 make-hashes.py > hashes.json
"""
import json
import os
import re
import subprocess
import sys

import django
import passlib
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher, PBKDF2SHA1PasswordHasher
from passlib import hash as ph

HERE = os.path.dirname(os.path.abspath(__file__))
settings.configure()

PASSWORDS = [
    "Bienvenue-2024!",
    "a",
    "correct horse battery staple",
    "Pâté à la crème, œuf",
    "Cafe\u0301 noir",
    "密码-пароль-سر",
    "😀👩‍👩‍👧🔒",
    "a:b$c$$d:e",
    "{SSHA}$1$salt$",
    "\"quoted\" 'single' \\back\\ %s &amp; <tag>",
    "0123456789abcdef",
    "0123456789abcdef" * 2,
    "0123456789abcdef" * 4,
    "0123456789abcdef" * 8,
    "0123456789" * 8,
    "é" * 36 + "ÿ£",
    "😀" * 31,
    " spaced out ",
]


def run(*command, stdin=None, env=None):
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})})
    return done.stdout.rstrip("\n")


def php(expression):
    """Evaluates an expression of $password, with WordPress' own functions at hand."""
    return lambda password: run("php", os.path.join(HERE, "evaluate.php"), expression, stdin=password)


def openssl(option):
    return lambda password: run("openssl", "passwd", option, "-stdin", stdin=password + "\n")


def htpasswd(*options):
    return lambda password: run("htpasswd", "-i", "-n", *options, "someone", stdin=password).removeprefix("someone:")


def doveadm(scheme, *options):
    """Dovecot writes its own name of the scheme before a hash of crypt's or PHC's form; other software does not."""
    return lambda password: re.sub(r"^\{[^}]*\}(?=\$)", "", run("doveadm", "-O", "pw", "-s", scheme, *options, "-p", password))


def doveadm_bare(scheme):
    return lambda password: doveadm(scheme)(password).split("}")[1]


def mkpasswd(method, *options):
    return lambda password: run("mkpasswd", "-s", "-m", method, *options, stdin=password + "\n")


def slappasswd(scheme):
    return lambda password: run("/usr/sbin/slappasswd", "-o", "module-load=pw-sha2", "-h", scheme, "-s", password)


def coreutils(tool):
    return lambda password: run(tool, stdin=password).split()[0]


def django_hash(hasher, iterations=None):
    return lambda password: hasher().encode(password, hasher().salt(), iterations)


def salted(template):
    """Of $password and a salt that the stored text names after a colon."""
    return php("(function ($password) { $salt = bin2hex(random_bytes(4)) . ':$é'; return (" + template + ") . ':' . $salt; })($password)")


FAST_DJANGO = 1_000
SOURCES = [
    # format, what made it, how
    ("argon2id", "passlib", lambda p: ph.argon2.using(memory_cost=1024, rounds=2, parallelism=1).hash(p)),
    ("argon2i", "passlib", lambda p: ph.argon2.using(type="I", memory_cost=1024, rounds=3, parallelism=2).hash(p)),
    ("argon2d", "passlib", lambda p: ph.argon2.using(type="D", memory_cost=1024, rounds=2, parallelism=1).hash(p)),
    ("argon2id", "php password_hash", php("password_hash($password, PASSWORD_ARGON2ID, ['memory_cost' => 1024, 'time_cost' => 2])")),
    ("bcrypt", "php password_hash", php("password_hash($password, PASSWORD_BCRYPT, ['cost' => 4])")),
    ("bcrypt", "htpasswd -B -C 4", htpasswd("-B", "-C", "4")),
    ("bcrypt", "mkpasswd -m bcrypt -R 4", mkpasswd("bcrypt", "-R", "4")),
    ("bcrypt", "mkpasswd -m bcrypt-a -R 4", mkpasswd("bcrypt-a", "-R", "4")),
    ("bcrypt", "doveadm pw -s BLF-CRYPT -r 4", doveadm("BLF-CRYPT", "-r", "4")),
    ("wordpress", "WordPress wp_hash_password", php("wp_hash_password($password)")),
    ("phpass", "WordPress PasswordHash(8, true)", php("(new PasswordHash(8, true))->HashPassword($password)")),
    ("phpass", "passlib phpass", lambda p: ph.phpass.using(rounds=7).hash(p)),
    ("phpass", "passlib phpass ident=H", lambda p: ph.phpass.using(rounds=11, ident="$H$").hash(p)),
    ("django-pbkdf2-sha256", "django", django_hash(PBKDF2PasswordHasher, FAST_DJANGO)),
    ("django-pbkdf2-sha1", "django", django_hash(PBKDF2SHA1PasswordHasher, FAST_DJANGO)),
    ("django-pbkdf2-sha256", "passlib", lambda p: ph.django_pbkdf2_sha256.using(rounds=FAST_DJANGO).hash(p)),
    ("django-pbkdf2-sha1", "passlib", lambda p: ph.django_pbkdf2_sha1.using(rounds=FAST_DJANGO).hash(p)),
    ("sha256-crypt", "openssl passwd -5", openssl("-5")),
    ("sha256-crypt", "mkpasswd -m sha-256 -R 1000", mkpasswd("sha-256", "-R", "1000")),
    ("sha256-crypt", "passlib", lambda p: ph.sha256_crypt.using(rounds=1234, salt_size=8).hash(p)),
    ("sha256-crypt", "doveadm pw -s SHA256-CRYPT", doveadm("SHA256-CRYPT")),
    ("sha256-crypt", "htpasswd -2", htpasswd("-2")),
    ("sha256-crypt", "php crypt", php("crypt($password, '$5$rounds=1001$short$')")),
    ("sha512-crypt", "openssl passwd -6", openssl("-6")),
    ("sha512-crypt", "mkpasswd -m sha-512 -R 1000", mkpasswd("sha-512", "-R", "1000")),
    ("sha512-crypt", "passlib", lambda p: ph.sha512_crypt.using(rounds=1234, salt_size=3).hash(p)),
    ("sha512-crypt", "doveadm pw -s SHA512-CRYPT", doveadm("SHA512-CRYPT")),
    ("sha512-crypt", "htpasswd -5", htpasswd("-5")),
    ("sha512-crypt", "php crypt", php("crypt($password, '$6$rounds=1001$short$')")),
    ("md5-crypt", "openssl passwd -1", openssl("-1")),
    ("md5-crypt", "mkpasswd -m md5", mkpasswd("md5")),
    ("md5-crypt", "doveadm pw -s MD5-CRYPT", doveadm("MD5-CRYPT")),
    ("md5-crypt", "passlib, 2 letters of salt", lambda p: ph.md5_crypt.using(salt_size=2).hash(p)),
    ("md5-crypt", "php crypt", php("crypt($password, '$1$' . substr(bin2hex(random_bytes(4)), 0, 8) . '$')")),
    ("md5-crypt", "openssl passwd -apr1", openssl("-apr1")),
    ("md5-crypt", "htpasswd -m", htpasswd("-m")),
    ("md5-crypt", "passlib apr_md5_crypt", ph.apr_md5_crypt.hash),
    ("ldap-sha1", "slappasswd -h {SSHA}", slappasswd("{SSHA}")),
    ("ldap-sha1", "doveadm pw -s SSHA", doveadm("SSHA")),
    ("ldap-sha1", "passlib, 16 bytes of salt", lambda p: ph.ldap_salted_sha1.using(salt_size=16).hash(p)),
    ("ldap-sha1", "slappasswd -h {SHA}", slappasswd("{SHA}")),
    ("ldap-sha1", "htpasswd -s", htpasswd("-s")),
    ("ldap-md5", "slappasswd -h {SMD5}", slappasswd("{SMD5}")),
    ("ldap-md5", "slappasswd -h {MD5}", slappasswd("{MD5}")),
    ("ldap-sha256", "slappasswd -h {SSHA256}", slappasswd("{SSHA256}")),
    ("ldap-sha256", "doveadm pw -s SSHA256", doveadm("SSHA256")),
    ("ldap-sha256", "slappasswd -h {SHA256}", slappasswd("{SHA256}")),
    ("ldap-sha384", "slappasswd -h {SSHA384}", slappasswd("{SSHA384}")),
    ("ldap-sha512", "slappasswd -h {SSHA512}", slappasswd("{SSHA512}")),
    ("ldap-sha512", "doveadm pw -s SSHA512", doveadm("SSHA512")),
    ("ldap-sha512", "slappasswd -h {SHA512}", slappasswd("{SHA512}")),
    ("scrypt", "passlib", lambda p: ph.scrypt.using(rounds=8, block_size=8, parallelism=1).hash(p)),
    ("scrypt", "passlib, odd parameters", lambda p: ph.scrypt.using(rounds=5, block_size=3, parallelism=2, salt_size=7).hash(p)),
    ("hex-md5", "md5sum", coreutils("md5sum")),
    ("hex-sha1", "sha1sum", coreutils("sha1sum")),
    ("hex-sha256", "sha256sum", coreutils("sha256sum")),
    ("hex-sha512", "sha512sum", coreutils("sha512sum")),
    ("hex-md5", "doveadm pw -s PLAIN-MD5", doveadm_bare("PLAIN-MD5")),
    ("hex-md5 salt before", "php md5", salted("md5($salt . $password)")),
    ("hex-md5 salt after", "php md5", salted("md5($password . $salt)")),
    ("hex-sha1 salt before", "php sha1", salted("sha1($salt . $password)")),
    ("hex-sha256 salt before", "php hash", salted("hash('sha256', $salt . $password)")),
    ("hex-sha512 salt after", "php hash", salted("hash('sha512', $password . $salt)")),
    ("hex-sha256 constant before", "php hash", php("strtoupper(hash('sha256', 'grain-de-sel:é' . $password))")),
    ("hex-sha1 constant after", "php sha1", php("sha1($password . 'grain-de-sel:é')")),
]

# One each of what is slower: the software left to itself, or told to be as careful as it should.
SLOWER = [
    ("argon2id", "passlib, by default", lambda p: ph.argon2.using(salt_size=16).hash(p)),
    ("argon2id", "php password_hash, by default", php("password_hash($password, PASSWORD_ARGON2ID)")),
    ("argon2id", "doveadm pw -s ARGON2ID, by default", doveadm("ARGON2ID")),
    ("argon2i", "doveadm pw -s ARGON2I -r 3", doveadm("ARGON2I", "-r", "3")),
    ("bcrypt", "passlib, by default", ph.bcrypt.hash),
    ("phpass", "passlib phpass, by default", ph.phpass.hash),
    ("phpass", "WordPress PasswordHash(12, true)", php("(new PasswordHash(12, true))->HashPassword($password)")),
    ("django-pbkdf2-sha256", "django, by default", django_hash(PBKDF2PasswordHasher)),
    ("django-pbkdf2-sha1", "django, by default", django_hash(PBKDF2SHA1PasswordHasher)),
    ("django-pbkdf2-sha256", "django, 1200000 iterations (the default of version 6.0)", django_hash(PBKDF2PasswordHasher, 1_200_000)),
    ("sha256-crypt", "passlib, by default", ph.sha256_crypt.hash),
    ("sha512-crypt", "passlib, by default", ph.sha512_crypt.hash),
    ("scrypt", "passlib, by default", ph.scrypt.hash),
    ("scrypt", "passlib, ln=17 (OWASP's first choice)", lambda p: ph.scrypt.using(rounds=17).hash(p)),
    ("ldap-sha1", "passlib, by default", ph.ldap_salted_sha1.hash),
]


def group(format_, tool, make, passwords):
    return {"format": format_, "tool": tool, "hashes": {password: make(password) for password in passwords}}


def main():
    versions = {
        "passlib": passlib.__version__,
        "django": django.get_version(),
        "php": run("php", "-r", "echo PHP_VERSION;"),
        "WordPress": run("php", os.path.join(HERE, "evaluate.php"), "$wp_version", stdin=""),
        "openssl": run("openssl", "version"),
        "htpasswd": run("dpkg-query", "-W", "-f", "${Version}", "apache2-utils"),
        "doveadm": run("dpkg-query", "-W", "-f", "${Version}", "dovecot-core"),
        "mkpasswd": run("dpkg-query", "-W", "-f", "${Version}", "whois"),
        "slappasswd": run("dpkg-query", "-W", "-f", "${Version}", "slapd"),
        "libxcrypt": run("dpkg-query", "-W", "-f", "${Version}", "libcrypt1"),
    }
    groups = [group(format_, tool, make, PASSWORDS) for format_, tool, make in SOURCES]
    groups += [group(format_, tool, make, PASSWORDS[:1]) for format_, tool, make in SLOWER]
    json.dump({"versions": versions, "groups": groups}, sys.stdout, ensure_ascii=False, indent=2)
    print()


main()
