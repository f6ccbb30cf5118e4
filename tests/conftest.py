"""Settings for every test. It also puts tests/ on the import path: any test can say `from strategies import readings`."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# How long an example takes depends on what else the machine is doing, and a whole reading takes tens of milliseconds to make.
settings.register_profile("presstime", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("presstime")
