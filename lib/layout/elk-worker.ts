/** ELK's own worker: loaded outside a page, it answers messages by itself. */
import 'elkjs/lib/elk-worker.min.js'
