"""Every Python that a test starts is kept to loopback as the tests themselves are."""

import loopback_guard

loopback_guard.shut()
