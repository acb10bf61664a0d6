"""What the service is made of, and what is known against it: ``python deploy/audit.py [--out out/audit]``.

Writes ``sbom.json`` (CycloneDX 1.6: every Python distribution of this environment, every npm package of the page) and
asks the advisory services of Python and npm. Ends with 0 where both have answered and know of nothing, with 1 where
they know of something, with 2 where one could not be asked: then nothing is known, which is not the same as nothing.
"""

from __future__ import annotations

import argparse
import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions, version
from pathlib import Path
from typing import Any
from uuid import uuid4

PAGE = Path(__file__).parents[1] / "page"
OURS = "pts-optimiser"
TIMEOUT_S = 600
CLEAN, KNOWN, UNASKED = 0, 1, 2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/audit"))
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    made = sbom(datetime.now(UTC))
    (out / "sbom.json").write_text(json.dumps(made, indent=1), encoding="utf-8")
    _say(f"{out / 'sbom.json'}: {len(made['components'])} components")
    return max(python_advisories(), npm_advisories())


def sbom(at: datetime) -> dict[str, Any]:
    """A CycloneDX document of everything that is installed here and everything that the page loads."""
    parts = {made["bom-ref"]: made for made in (*_of_python(), *_of_npm())}
    subject = {"type": "application", "name": OURS, "version": version(OURS), "bom-ref": OURS}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid4()}",
        "version": 1,
        "metadata": {"timestamp": at.isoformat(timespec="seconds"), "component": subject},
        "components": [parts[name] for name in sorted(parts)],
    }


def python_advisories() -> int:
    """Ask what is known of the installed distributions."""
    told = _run([sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--skip-editable"])
    found = _json(told)
    if "dependencies" not in found:
        return _unasked("Python", "pip-audit", told)
    asked = [one for one in found["dependencies"] if "skip_reason" not in one]
    hits = [f"{one['name']}: {bad['id']}" for one in asked for bad in one.get("vulns", ())]
    ended = _known("Python", hits, len(asked))
    if len(asked) < len(found["dependencies"]):
        return max(ended, _unasked("Python", f"pip-audit ({len(found['dependencies']) - len(asked)} packages)", None))
    return ended


def npm_advisories() -> int:
    """Ask what is known of the packages in the page's lock file."""
    npm = shutil.which("npm")
    told = _run([npm, "audit", "--json", "--package-lock-only"], PAGE) if npm else None
    found = _json(told)
    if "vulnerabilities" not in found:
        return _unasked("npm", "npm", told)
    hits = [f"{name}: {bad['severity']}" for name, bad in found["vulnerabilities"].items()]
    return _known("npm", hits, found["metadata"]["dependencies"]["total"])


def _of_python() -> Iterator[dict[str, Any]]:
    for found in distributions():
        name = found.name.lower().replace("_", "-")
        if name != OURS:
            yield _component(name, found.version, f"pkg:pypi/{name}@{found.version}", _licence(found))


def _licence(found: Distribution) -> str:
    named = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    classified = [one.rpartition(" :: ")[2] for one in found.metadata.get_all("Classifier", ()) if "License ::" in one]
    return named if named and "\n" not in named else "; ".join(classified)


def _of_npm() -> Iterator[dict[str, Any]]:
    lock = json.loads((PAGE / "package-lock.json").read_text(encoding="utf-8"))
    for path, found in lock["packages"].items():
        name = path.rpartition("node_modules/")[2]
        if name and not found.get("link"):
            purl = f"pkg:npm/{name.replace('@', '%40')}@{found['version']}"
            made = _component(name, found["version"], purl, found.get("license", ""))
            kind, _, digest = found.get("integrity", "").partition("-")
            if kind == "sha512":
                made["hashes"] = [{"alg": "SHA-512", "content": base64.b64decode(digest).hex()}]
            yield made


def _component(name: str, number: str, purl: str, licence: str) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "library", "name": name, "version": number, "purl": purl, "bom-ref": purl}
    if licence:
        made["licenses"] = [{"license": {"name": licence}}]
    return made


def _run(command: Sequence[str], folder: Path | None = None) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(  # noqa: S603  fixed commands
            command, cwd=folder, check=False, capture_output=True, text=True, timeout=TIMEOUT_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return None


def _json(told: subprocess.CompletedProcess[str] | None) -> dict[str, Any]:
    try:
        found = json.loads(told.stdout) if told else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _unasked(kind: str, tool: str, told: subprocess.CompletedProcess[str] | None) -> int:
    lines = told.stderr.strip().splitlines() if told else []
    why = f" ({lines[-1][:200]})" if lines else ""
    _say(f"{kind}: {tool} could not ask its advisory service{why}. Nothing is known: ask again from where it can.")
    return UNASKED


def _known(kind: str, hits: Sequence[str], asked: int) -> int:
    _say("\n  ".join((f"{kind}: {len(hits)} known vulnerabilities in {asked} packages", *sorted(hits))))
    return KNOWN if hits else CLEAN


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
