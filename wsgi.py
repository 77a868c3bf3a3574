"""The WSGI entry: `granian --interface wsgi wsgi:app`, or any other server."""

import gc

from portal.app import create_app
from portal.ground.config import Config
from portal.ground.memory import share_heaps
from portal.start import check_start

share_heaps()
config = Config.from_environment()
app = create_app(config)
check_start(app, config)
gc.collect()
gc.freeze()  # what is loaded now stays: a collection would only write to pages that processes share
