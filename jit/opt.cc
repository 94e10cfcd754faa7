// Runs the passes in order.
#include "jit/opt.h"

#include "jit/verify.h"

namespace pyjit::jit {

bool optimise(Builder& b) {
  if (b.failed() != Abort::kNone) return false;
  Ir& ir = b.ir();
  check_after(ir, "recording");
  if (opt_on(kOptDce)) {
    opt_dce(ir);
    check_after(ir, "dce");
  }
  if (opt_on(kOptLoop) && ir.kind == TraceKind::kLoop) {
    opt_loop(b);
    check_after(ir, "loop");
  }
  if (opt_on(kOptRange)) {
    opt_range(ir);
    check_after(ir, "range");
  }
  if (opt_on(kOptSink)) {
    opt_sink(ir);
    check_after(ir, "sink");
  }
  if (opt_on(kOptDce)) {
    opt_dce(ir);
    check_after(ir, "dce");
  }
  return b.failed() == Abort::kNone;
}

}  // namespace pyjit::jit
