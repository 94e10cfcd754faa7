// Signals: from the system's handler, which only notes that one came, to Python handlers run by the main thread at its next poll.
#pragma once

namespace pyjit::runtime {

void trip_signal(int signum);   // async-signal-safe
void install_default_signals(); // SIGINT → KeyboardInterrupt, SIGPIPE ignored; as python3.11 starts

}  // namespace pyjit::runtime
