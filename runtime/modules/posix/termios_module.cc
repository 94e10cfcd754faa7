// The termios module: terminal attributes as seven-item lists.
#include <sys/ioctl.h>
#include <termios.h>
#include <asm/ioctls.h>
#include <linux/serial.h>
#include <linux/tty.h>

#include "runtime/module_registry.h"
#include "runtime/modules/module_util.h"
#include "runtime/modules/posix/posix.h"
#include "runtime/names.h"
#include "runtime/paths.h"
#include "runtime/types/dict.h"

namespace pyjit::runtime {

namespace posix {
namespace {

Class* error_class;

Value term_error() {
  Value args[] = {Value::from_int(errno), new_str(strerror(errno))};
  return raise_object(TRY(call(error_class, args, 2)));
}
Value none_or_term_error(int r) { return r < 0 ? term_error() : Value::none(); }

Value do_tcgetattr(Value* a) {
  int fd;
  termios mode;
  if (!to_descriptor(a[0], &fd)) return nullptr;
  if (::tcgetattr(fd, &mode) < 0) return term_error();
  List* characters = TRY(new_list(NCCS));
  // Without canonical input VMIN and VTIME are numbers, not characters.
  bool numbers = !(mode.c_lflag & ICANON);
  for (int i = 0; i < NCCS; ++i) {
    Value v = numbers && (i == VMIN || i == VTIME) ? Value::from_int(mode.c_cc[i]) : char_bytes(mode.c_cc[i]);
    if (!list_append(characters, v)) return nullptr;
  }
  Value items[] = {new_int(mode.c_iflag),           new_int(mode.c_oflag),           new_int(mode.c_cflag), new_int(mode.c_lflag),
                   new_int(::cfgetispeed(&mode)), new_int(::cfgetospeed(&mode)), characters};
  return new_list_from(items, 7);
}

Value do_tcsetattr(Value* a) {
  int fd, when;
  if (!to_descriptor(a[0], &fd) || !to_int32(a[1], &when)) return nullptr;
  if (!is_list(a[2]) || a[2].as<List>()->size != 7) return raise(exc.TypeError, "tcsetattr, arg 3: must be 7 element list");
  Tuple* items = TRY(to_tuple(a[2]));
  termios mode;
  if (::tcgetattr(fd, &mode) < 0) return term_error();
  int64_t n[6];
  for (int i = 0; i < 6; ++i) {
    if (!to_int64(items->items[i], &n[i])) return nullptr;
  }
  Value list = items->items[6];
  if (!is_list(list) || list.as<List>()->size != NCCS) return raisef(exc.TypeError, "tcsetattr: attributes[6] must be %d element list", NCCS);
  mode.c_iflag = static_cast<tcflag_t>(n[0]);
  mode.c_oflag = static_cast<tcflag_t>(n[1]);
  mode.c_cflag = static_cast<tcflag_t>(n[2]);
  mode.c_lflag = static_cast<tcflag_t>(n[3]);
  for (int i = 0; i < NCCS; ++i) {
    Value v = list.as<List>()->items()[i];
    int64_t c;
    if (is_bytes(v) && v.as<Bytes>()->size == 1) mode.c_cc[i] = static_cast<cc_t>(v.as<Bytes>()->data[0]);
    else if (is_int_like(v) && to_int64(v, &c)) mode.c_cc[i] = static_cast<cc_t>(c);
    else if (error_pending()) return nullptr;
    else return raise(exc.TypeError, "tcsetattr: elements of attributes must be characters or integers");
  }
  if (::cfsetispeed(&mode, static_cast<speed_t>(n[4])) < 0 || ::cfsetospeed(&mode, static_cast<speed_t>(n[5])) < 0) return term_error();
  return none_or_term_error(unlocked([&] { return ::tcsetattr(fd, when, &mode); }));
}

template <int (*kCall)(int, int)>
Value with_int(Value* a) {
  int fd, n;
  if (!to_descriptor(a[0], &fd) || !to_int32(a[1], &n)) return nullptr;
  return none_or_term_error(unlocked([=] { return kCall(fd, n); }));
}
Value do_tcdrain(Value* a) {
  int fd;
  return to_descriptor(a[0], &fd) ? none_or_term_error(unlocked([=] { return ::tcdrain(fd); })) : Value();
}
Value do_tcgetwinsize(Value* a) {
  int fd;
  winsize w;
  if (!to_descriptor(a[0], &fd)) return nullptr;
  if (::ioctl(fd, TIOCGWINSZ, &w) < 0) return term_error();
  return make_tuple(Value::from_int(w.ws_row), Value::from_int(w.ws_col));
}
Value do_tcsetwinsize(Value* a) {
  int fd;
  if (!to_descriptor(a[0], &fd)) return nullptr;
  if (!class_of(a[1])->slots.getitem || !class_of(a[1])->slots.length || is_dict(a[1])) {
    return raise(exc.TypeError, "tcsetwinsize, arg 2: must be a two-item sequence");
  }
  Tuple* pair = TRY(to_tuple(a[1]));
  if (pair->size != 2) return raise(exc.TypeError, "tcsetwinsize, arg 2: must be a two-item sequence");
  int64_t rows, columns;
  if (!to_int64(pair->items[0], &rows) || !to_int64(pair->items[1], &columns)) return nullptr;
  winsize w;
  if (::ioctl(fd, TIOCGWINSZ, &w) < 0) return term_error();
  if (rows < 0 || columns < 0 || rows > 0xffff || columns > 0xffff) return raise(exc.OverflowError, "winsize value(s) out of range.");
  w.ws_row = static_cast<unsigned short>(rows);
  w.ws_col = static_cast<unsigned short>(columns);
  return none_or_term_error(::ioctl(fd, TIOCSWINSZ, &w));
}

constexpr MethodDef kFunctions[] = {POSIX_ROW("tcgetattr", "($module, fd, /)", do_tcgetattr),
                                    POSIX_ROW("tcsetattr", "($module, fd, when, attributes, /)", do_tcsetattr),
                                    POSIX_ROW("tcsendbreak", "($module, fd, duration, /)", with_int<::tcsendbreak>),
                                    POSIX_ROW("tcdrain", "($module, fd, /)", do_tcdrain),
                                    POSIX_ROW("tcflush", "($module, fd, queue, /)", with_int<::tcflush>),
                                    POSIX_ROW("tcflow", "($module, fd, action, /)", with_int<::tcflow>),
                                    POSIX_ROW("tcgetwinsize", "($module, fd, /)", do_tcgetwinsize),
                                    POSIX_ROW("tcsetwinsize", "($module, fd, winsize, /)", do_tcsetwinsize),
                                    {}};
#define ROW(name) {#name, static_cast<long>(name)},
constexpr NamedInt kConstants[] = {
    // clang-format off
    ROW(B0) ROW(B1000000) ROW(B110) ROW(B115200) ROW(B1152000) ROW(B1200) ROW(B134) ROW(B150) ROW(B1500000) ROW(B1800) ROW(B19200) ROW(B200)
    ROW(B2000000) ROW(B230400) ROW(B2400) ROW(B2500000) ROW(B300) ROW(B3000000) ROW(B3500000) ROW(B38400) ROW(B4000000) ROW(B460800)
    ROW(B4800) ROW(B50) ROW(B500000) ROW(B57600) ROW(B576000) ROW(B600) ROW(B75) ROW(B921600) ROW(B9600) ROW(BRKINT) ROW(BS0) ROW(BS1)
    ROW(BSDLY) ROW(CBAUD) ROW(CBAUDEX) ROW(CDSUSP) ROW(CEOF) ROW(CEOL) ROW(CEOT) ROW(CERASE) ROW(CFLUSH) ROW(CIBAUD) ROW(CINTR) ROW(CKILL)
    ROW(CLNEXT) ROW(CLOCAL) ROW(CQUIT) ROW(CR0) ROW(CR1) ROW(CR2) ROW(CR3) ROW(CRDLY) ROW(CREAD) ROW(CRPRNT) ROW(CRTSCTS) ROW(CS5) ROW(CS6)
    ROW(CS7) ROW(CS8) ROW(CSIZE) ROW(CSTART) ROW(CSTOP) ROW(CSTOPB) ROW(CSUSP) ROW(CWERASE) ROW(ECHO) ROW(ECHOCTL) ROW(ECHOE) ROW(ECHOK)
    ROW(ECHOKE) ROW(ECHONL) ROW(ECHOPRT) ROW(EXTA) ROW(EXTB) ROW(FF0) ROW(FF1) ROW(FFDLY) ROW(FIOASYNC) ROW(FIOCLEX) ROW(FIONBIO)
    ROW(FIONCLEX) ROW(FIONREAD) ROW(FLUSHO) ROW(HUPCL) ROW(ICANON) ROW(ICRNL) ROW(IEXTEN) ROW(IGNBRK) ROW(IGNCR) ROW(IGNPAR) ROW(IMAXBEL)
    ROW(INLCR) ROW(INPCK) ROW(IOCSIZE_MASK) ROW(IOCSIZE_SHIFT) ROW(ISIG) ROW(ISTRIP) ROW(IUCLC) ROW(IXANY) ROW(IXOFF) ROW(IXON) ROW(NCC)
    ROW(NCCS) ROW(NL0) ROW(NL1) ROW(NLDLY) ROW(NOFLSH) ROW(N_MOUSE) ROW(N_PPP) ROW(N_SLIP) ROW(N_STRIP) ROW(N_TTY) ROW(OCRNL) ROW(OFDEL)
    ROW(OFILL) ROW(OLCUC) ROW(ONLCR) ROW(ONLRET) ROW(ONOCR) ROW(OPOST) ROW(PARENB) ROW(PARMRK) ROW(PARODD) ROW(PENDIN) ROW(TAB0) ROW(TAB1)
    ROW(TAB2) ROW(TAB3) ROW(TABDLY) ROW(TCFLSH) ROW(TCGETA) ROW(TCGETS) ROW(TCIFLUSH) ROW(TCIOFF) ROW(TCIOFLUSH) ROW(TCION) ROW(TCOFLUSH)
    ROW(TCOOFF) ROW(TCOON) ROW(TCSADRAIN) ROW(TCSAFLUSH) ROW(TCSANOW) ROW(TCSBRK) ROW(TCSBRKP) ROW(TCSETA) ROW(TCSETAF) ROW(TCSETAW)
    ROW(TCSETS) ROW(TCSETSF) ROW(TCSETSW) ROW(TCXONC) ROW(TIOCCONS) ROW(TIOCEXCL) ROW(TIOCGETD) ROW(TIOCGICOUNT) ROW(TIOCGLCKTRMIOS)
    ROW(TIOCGPGRP) ROW(TIOCGSERIAL) ROW(TIOCGSOFTCAR) ROW(TIOCGWINSZ) ROW(TIOCINQ) ROW(TIOCLINUX) ROW(TIOCMBIC) ROW(TIOCMBIS) ROW(TIOCMGET)
    ROW(TIOCMIWAIT) ROW(TIOCMSET) ROW(TIOCM_CAR) ROW(TIOCM_CD) ROW(TIOCM_CTS) ROW(TIOCM_DSR) ROW(TIOCM_DTR) ROW(TIOCM_LE) ROW(TIOCM_RI)
    ROW(TIOCM_RNG) ROW(TIOCM_RTS) ROW(TIOCM_SR) ROW(TIOCM_ST) ROW(TIOCNOTTY) ROW(TIOCNXCL) ROW(TIOCOUTQ) ROW(TIOCPKT) ROW(TIOCPKT_DATA)
    ROW(TIOCPKT_DOSTOP) ROW(TIOCPKT_FLUSHREAD) ROW(TIOCPKT_FLUSHWRITE) ROW(TIOCPKT_NOSTOP) ROW(TIOCPKT_START) ROW(TIOCPKT_STOP)
    ROW(TIOCSCTTY) ROW(TIOCSERCONFIG) ROW(TIOCSERGETLSR) ROW(TIOCSERGETMULTI) ROW(TIOCSERGSTRUCT) ROW(TIOCSERGWILD) ROW(TIOCSERSETMULTI)
    ROW(TIOCSERSWILD) ROW(TIOCSER_TEMT) ROW(TIOCSETD) ROW(TIOCSLCKTRMIOS) ROW(TIOCSPGRP) ROW(TIOCSSERIAL) ROW(TIOCSSOFTCAR) ROW(TIOCSTI)
    ROW(TIOCSWINSZ) ROW(TOSTOP) ROW(VDISCARD) ROW(VEOF) ROW(VEOL) ROW(VEOL2) ROW(VERASE) ROW(VINTR) ROW(VKILL) ROW(VLNEXT) ROW(VMIN)
    ROW(VQUIT) ROW(VREPRINT) ROW(VSTART) ROW(VSTOP) ROW(VSUSP) ROW(VSWTC) {"VSWTCH", VSWTC}, ROW(VT0) ROW(VT1) ROW(VTDLY) ROW(VTIME) ROW(VWERASE)
    ROW(XCASE) ROW(XTABS)
    // clang-format on
};
#undef ROW

}  // namespace
}  // namespace posix

bool init_termios_module(Module* m) {
  using namespace posix;
  static Value root;
  if (!error_class) {
    heap.add_root_range(&root, &root + 1);
    Value args[] = {intern("error"), make_tuple(Value(exc.Exception)), TRY(new_dict())};
    if (!dict_set_str(args[2].as<Dict>(), intern("__module__"), intern("termios"))) return false;
    root = TRY(call(types.type, args, 3));
    error_class = root.as<Class>();
  }
  for (const NamedInt& c : kConstants) {
    if (!add_int(m, c.name, c.value)) return false;
  }
  return add_functions(m, kFunctions) && add_object(m, "error", error_class);
}

}  // namespace pyjit::runtime
