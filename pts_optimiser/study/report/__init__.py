"""What a study found, for people: one page that opens offline, and a folder of pictures."""

from pts_optimiser.study.report.write import write_report

__all__ = ["write_report"]
