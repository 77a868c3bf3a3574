"""What a web server loads: `gateway` for granian (`--interface rsgi`), as `portal serve` runs it; `app` for any WSGI server.

A WSGI server must itself have a time limit for request bodies, or a proxy before it that buffers them.
"""

import gc

from portal.app import create_app
from portal.face.web.gateway import Gateway
from portal.ground import set_clock
from portal.ground.config import Config
from portal.ground.memory import share_heaps
from portal.ground.statements import limit_statements
from portal.start import check_start

share_heaps()
config = Config.from_environment()
set_clock.follow(config)
app = create_app(config)
check_start(app, config)
limit_statements(app, config)
# Of SQLite the version of the data is read without waiting; a PostgreSQL that does not answer must hold up no loop.
gateway = Gateway(app, seconds=config.body_seconds, at_once=config.is_sqlite and config.page_cache > 0)
gc.collect()
gc.freeze()  # what is loaded now stays: a collection would only write to pages that processes share
