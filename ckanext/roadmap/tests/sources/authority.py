"""A certificate authority of one's own, by OpenSSL's command."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


@dataclass(frozen=True)
class Authority:
    """Its folder, in which all it makes lies."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> Authority:
        folder.mkdir(parents=True, exist_ok=True)
        _openssl(
            "req", "-x509", *CURVE, "-days", "9", "-subj", "/CN=Vazirlik CA",
            "-keyout", folder / "ca.key", "-out", folder / "ca.pem",
        )  # fmt: skip
        return cls(folder)

    @property
    def file(self) -> Path:
        return self.folder / "ca.pem"

    def issued(
        self, name: str, names: str = "IP:127.0.0.1,DNS:localhost", days: int = 365
    ) -> tuple[Path, Path]:
        """A certificate and its key; a negative number of days: it has ended."""
        base = self.folder / name
        key, request, certificate = (base.with_suffix(ending) for ending in (".key", ".csr", ".pem"))
        _openssl("req", "-new", *CURVE, "-subj", f"/CN={name}", "-keyout", key, "-out", request)
        base.with_suffix(".ext").write_text(f"subjectAltName={names}\n")
        _openssl(
            "x509", "-req", "-in", request, "-CA", self.file, "-CAkey", self.folder / "ca.key", "-days", days,
            "-extfile", base.with_suffix(".ext"), "-out", certificate,
        )  # fmt: skip
        return certificate, key

    def server(self, name: str = "server", wants: Path | None = None, **how: object) -> ssl.SSLContext:
        """What a server speaks TLS by; *wants*: the authority of the certificates it asks of its clients."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.issued(name, **how))  # type: ignore[arg-type]
        if wants:
            context.load_verify_locations(wants)
            context.verify_mode = ssl.CERT_REQUIRED
        return context


def _openssl(*words: object) -> None:
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)
