"""The application and its commands. Services load numpy and numba, so every command imports its own when it runs."""

from __future__ import annotations

import typer

from pts_optimiser.cli import (
    backup,
    bench,
    check,
    demo,
    doctor,
    first_key,
    forget,
    generate,
    network,
    options,
    plan,
    reoptimise,
    serve,
    simulate,
    solve,
    study,
    work,
)

app = typer.Typer(
    name="pts-optimiser",
    help="Plans non-emergency patient transport: bookings and duties in, a checked roster out.",
    epilog="Exit codes: 0 done · 1 internal · 2 bad input · 3 no travel times · 4 --strict and something not met.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

app.command("demo")(demo.demo)
app.command("generate")(generate.generate)
app.command("plan")(plan.plan)
app.command("check")(check.check)
app.command("reoptimise")(reoptimise.reoptimise)
app.command("options")(options.options)
app.command("explain")(options.explain)
app.command("simulate")(simulate.simulate)
app.command("solve")(solve.solve)
app.add_typer(study.app, name="study")
app.add_typer(network.app, name="network")
app.command("serve")(serve.serve)
app.command("work")(work.work)
app.command("first-key")(first_key.first_key)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("forget")(forget.forget)
app.command("warm")(doctor.warm)
app.command("doctor")(doctor.doctor)
app.command("bench", context_settings=bench.PASSED_ON)(bench.bench)
