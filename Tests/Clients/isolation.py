"""A root folder for one packaged function: its zip unpacked, the C library's own files, /proc, /dev/null and /tmp."""

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

# What every system with glibc has; the program's interpreter is added by its path.
C_LIBRARY = re.compile(r"^(libc|libm|libpthread|libdl|librt|libutil|libresolv)\.so\.\d+$")

# $0 is the root. A mount namespace of its own: nothing stays mounted, and nobody else sees it.
ENTER = (
    'mount --rbind /proc "$0/proc" && mount --bind /dev/null "$0/dev/null" && cd "$0" && '
    "exec env LAMBDA_TASK_ROOT=/var/task LAMBDA_RUNTIME_DIR=/var/runtime chroot . /var/task/bootstrap"
)


def unshare():
    """The command that makes the namespaces, or why there is none."""
    if not shutil.which("unshare"):
        return None, "there is no unshare command"
    command = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    trial = subprocess.run([*command, "sh", "-c", "mount --bind /dev/null /dev/null && chroot / true"], capture_output=True, text=True)
    return (command, None) if trial.returncode == 0 else (None, f"mount namespaces are not permitted here: {trial.stderr.strip()}")


class IsolatedFunction:
    """One function's root, and a program that starts its bootstrap in there."""

    def __init__(self, archive, root):
        self.root, self.task = root, root / "var/task"
        for folder in ("proc", "dev", "tmp", "etc", "var/task"):
            (root / folder).mkdir(parents=True)
        (root / "dev/null").touch()
        (root / "tmp").chmod(0o1777)
        with zipfile.ZipFile(archive) as opened:
            for entry in opened.infolist():
                path = Path(opened.extract(entry, self.task))
                path.chmod(entry.external_attr >> 16 & 0o777)
        self._copy_c_library()

    def _copy_c_library(self):
        # The loader's own list, with the place of each: `libm.so.6 => /lib/…/libm.so.6 (0x…)`, `/lib64/ld-… (0x…)`.
        listing = subprocess.check_output(["ldd", self.task / "bootstrap"], text=True)
        for name, place in re.findall(r"^\s*(\S+) => (/\S+)", listing, re.MULTILINE):
            assert C_LIBRARY.match(name), f"{name} is not the C library's"
            self._copy(place)
        for interpreter in re.findall(r"^\s*(/\S+) \(0x", listing, re.MULTILINE):
            self._copy(interpreter)

    def _copy(self, place):
        target = self.root / place.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place, target)  # Through links, to what they mean.
        target.chmod(0o755)

    def put(self, path, text):
        target = self.root / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        return target

    def launcher(self, command, path):
        """A program at `path` that becomes the function in its root; environment and process stay."""
        quoted = " ".join(f"'{part}'" for part in [*command, "sh", "-c"])
        path.write_text(f"#!/bin/sh\nexec {quoted} '{ENTER}' '{self.root}'\n")
        path.chmod(0o755)
        return path
