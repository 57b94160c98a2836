"""Tokens that must open nothing. The forger may know everything but the secret; `wrong` ones are even signed with it."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

Json = dict[str, Any]


def part(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def opened(token: str) -> Json:
    claims: Json = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    return claims


def sealed(claims: Any, secret: str, *, header: Any = None, digest: str = "sha256") -> str:
    text = f"{part(header or {'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}"
    return f"{text}.{part(hmac.digest(secret.encode(), text.encode(), digest))}"


def forged(token: str) -> dict[str, str]:
    """Made of a good token by someone without the secret."""
    claims, (head, body, signature) = opened(token), token.split(".")
    unsigned = {
        f"alg {alg}": f"{part({'alg': alg})}.{body}." for alg in ("none", "None", "NONE", "nOnE", "", "HS256")
    }
    headers: dict[str, Json] = {
        "kid is a file": {"alg": "HS256", "kid": "/dev/null"},
        "kid is a query": {"alg": "HS256", "kid": "x' UNION SELECT 'secret"},
        "jwk brings the key": {"alg": "HS256", "jwk": {"kty": "oct", "k": part(b"x" * 32)}},
        "jku": {"alg": "RS256", "jku": "http://127.0.0.1:1/keys"},
        "x5u": {"alg": "RS256", "x5u": "http://169.254.169.254/"},
        "crit": {"alg": "HS256", "crit": ["exp"]},
        "b64 false": {"alg": "HS256", "b64": False, "crit": ["b64"]},
        "zip": {"alg": "HS256", "zip": "DEF"},
        "RS256": {"alg": "RS256"}, "ES256": {"alg": "ES256"}, "PS512": {"alg": "PS512"}, "alg is a list": {"alg": ["HS256"]},
        "alg is an object": {"alg": {"$ne": ""}}, "no alg": {"typ": "JWT"},
    }  # fmt: skip
    by_guess = {
        f"secret {guess!r}": sealed(claims, guess)
        for guess in ("", "x", "secret", "balcao", "null", "0" * 32)
    }
    with_header = {name: f"{part(header)}.{body}.{part(b'x' * 32)}" for name, header in headers.items()}
    return {
        **unsigned,
        **by_guess,
        **with_header,
        "another tenant": f"{head}.{part({**claims, 'tid': 'other'})}.{signature}",
        "an admin": f"{head}.{part({**claims, 'role': 'ADMIN', 'sub': 'admin'})}.{signature}",
        "longer life": f"{head}.{part({**claims, 'exp': claims['exp'] + 1})}.{signature}",
        "no signature": f"{head}.{body}.", "two parts": f"{head}.{body}", "four parts": f"{token}.x", "five parts": f"{token}.x.y",
        "cut": token[:-1], "only dots": "..", "empty": "", "not base64": "%.%.%", "padded": f"{head}==.{body}==.{signature}==",
        "header is no JSON": f"{part(b'x')}.{body}.{signature}", "header is a list": f"{part([])}.{body}.{signature}",
        "claims are no JSON": f"{head}.{part(b'{')}.{signature}", "no UTF-8": f"{part(bytes([255, 254]))}.{body}.{signature}",
        "very deep": f"{head}.{part(b'[' * 1500)}.{signature}", "very long": f"{head}.{part(b'x' * 3000)}.{signature}",
        "a refresh token": "a.b.c", "a text": "null", "an operator": '{"$gt":""}', "unicode": "😀.😀.😀",
    }  # fmt: skip


def wrong(token: str, secret: str) -> dict[str, str]:
    """Signed with the right secret, and yet not what opens: of another kind, time, shape, algorithm or person."""
    claims = opened(token)
    changed: dict[str, Json] = {
        "expired": {"exp": int(time.time()) - 1}, "long expired": {"exp": 0}, "not yet": {"nbf": int(time.time()) + 3600},
        "exp is a text": {"exp": "soon"}, "exp is null": {"exp": None}, "exp is a list": {"exp": []},
        "another audience": {"aud": "other"}, "no audience": {"aud": None}, "audiences": {"aud": ["other"]}, "aud is an object": {"aud": {"$ne": 1}},
        "to refresh": {"typ": "refresh"}, "of no type": {"typ": None}, "typ is a list": {"typ": ["access"]},
        "another tenant's": {"tid": "other"}, "tid is an operator": {"tid": {"$gt": ""}}, "tid is empty": {"tid": ""},
        "nobody": {"sub": "nobody"}, "sub is an operator": {"sub": {"$gt": ""}}, "sub is a number": {"sub": 1}, "sub is null": {"sub": None},
        "another session": {"sid": "other"}, "sid is an operator": {"sid": {"$gt": ""}}, "sid is null": {"sid": None},
        "older rights": {"ver": 0}, "newer rights": {"ver": 2}, "ver is a text": {"ver": "x"}, "ver is huge": {"ver": 10**400}, "ver is null": {"ver": None},
        "iat is a text": {"iat": "x"}, "from the future": {"iat": int(time.time()) + 3600},
    }  # fmt: skip
    missing = {
        f"without {name}": {key: claims[key] for key in claims if key != name}
        for name in ("exp", "sub", "aud", "typ", "tid", "sid", "ver")
    }
    shapes: dict[str, Any] = {"a list": [], "a text": "x", "null": None, "a number": 7}
    return {
        **{name: sealed({**claims, **change}, secret) for name, change in changed.items()},
        **{name: sealed(rest, secret) for name, rest in missing.items()},
        **{f"claims are {name}": sealed(shape, secret) for name, shape in shapes.items()},
        "HS384": sealed(claims, secret, header={"alg": "HS384"}, digest="sha384"),
        "HS512": sealed(claims, secret, header={"alg": "HS512"}, digest="sha512"),
        "MD5": sealed(claims, secret, digest="md5"),
        "the secret's digest": sealed(claims, hashlib.sha256(secret.encode()).hexdigest()),
    }
