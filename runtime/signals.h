// Signals: from the system's handler, which only notes that one came, to Python handlers run by the main thread at its next poll.
#pragma once

namespace pyjit::runtime {

void trip_signal(int signum);   // async-signal-safe
void signals_after_fork();      // in the child: signals that came before the fork are the parent's; the calling thread handles ours
void install_default_signals(); // SIGINT → KeyboardInterrupt, SIGPIPE ignored; as python3.11 starts

}  // namespace pyjit::runtime
