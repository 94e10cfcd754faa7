// Which frames of an exit live in generators. A chain lists the slot 0 of every frame from the root's (0) to the innermost's; those from
// Builder::kVirtualFirst on stand for a generator's registers, and negated ones for those of a detached frame: a callee's on the stack when
// the root itself lives in a generator, so that its distance from the root is not known. Interned for ever: there are few. Number 0: all frames lie on the stack.
#pragma once
#include <cstdint>
#include <vector>

#include "jit/engine.h"
#include "runtime/thread.h"
#include "runtime/types/frame.h"

namespace pyjit::jit {

uint16_t intern_chain(const std::vector<int16_t>& offsets);   // 0: too many
const std::vector<int16_t>& chain_offsets(uint16_t chain);

// Virtual slots of a generator's frame, from its slot 0.
constexpr int kGeneratorSlot = -7;   // the generator itself; listed at every exit
constexpr int kLinkSlot = -2;        // header word {flags, return register}: listed where memory does not say yet that it runs
constexpr int kPcSlot = -5;
constexpr int kAddressSlot = -9;     // detached frames: where slot 0 is; listed at every exit
// Root in a generator: the end of the stack at entry.
constexpr int kRootTopSlot = Builder::kVirtualFirst;

// RuntimeHooks::link_frames.
void link_frames(const Exit& exit, void* thread, runtime::Value* base);
// The frame that resumes at the last exit.
runtime::Frame* exit_frame(const LastExit& last);

}  // namespace pyjit::jit
