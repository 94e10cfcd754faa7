// The table of native modules, from modules.def.
#include "runtime/module_registry.h"

namespace pyjit::runtime {

#define NATIVE_MODULE(name, init) bool init(Module* m);
#include "runtime/modules/modules.def"
#undef NATIVE_MODULE

const NativeModule kNativeModules[] = {
#define NATIVE_MODULE(name, init) {#name, init},
#include "runtime/modules/modules.def"
#undef NATIVE_MODULE
    {nullptr, nullptr}};

}  // namespace pyjit::runtime
