"""What an operating system says of a disk that takes nothing more: full, over its quota, read-only, failing."""

from __future__ import annotations

import errno

_REFUSALS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})


def disk_refuses(error: BaseException) -> bool:
    """Whether an error is no defect of ours, and the same may be tried again once there is room."""
    return isinstance(error, OSError) and error.errno in _REFUSALS
