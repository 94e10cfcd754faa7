// The time module: clocks, calendar conversions, sleeping.
#include <cerrno>
#include <cmath>
#include <ctime>

#include "runtime/blocking.h"
#include "runtime/modules/module_util.h"
#include "runtime/names.h"
#include "runtime/ops.h"
#include "runtime/struct_sequence.h"
#include "runtime/types/containers.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/object.h"

namespace pyjit::runtime {
namespace {

constexpr int64_t kNanos = 1'000'000'000;

constexpr StructField kFields[] = {{"tm_year", "year, for example, 1993"},
                                   {"tm_mon", "month of year, range [1, 12]"},
                                   {"tm_mday", "day of month, range [1, 31]"},
                                   {"tm_hour", "hours, range [0, 23]"},
                                   {"tm_min", "minutes, range [0, 59]"},
                                   {"tm_sec", "seconds, range [0, 61])"},
                                   {"tm_wday", "day of week, range [0, 6], Monday is 0"},
                                   {"tm_yday", "day of year, range [1, 366]"},
                                   {"tm_isdst", "1 if summer time is in effect, 0 if not, and -1 if unknown"},
                                   {"tm_zone", "abbreviation of timezone name"},
                                   {"tm_gmtoff", "offset from UTC in seconds"},
                                   {nullptr, nullptr}};
constexpr StructSequenceSpec kStructTime = {
    "time.struct_time",
    "The time value as returned by gmtime(), localtime(), and strptime(), and\n accepted by asctime(), mktime() and strftime().  May be "
    "considered as a\n sequence of 9 integers.\n\n Note that several fields' values are not the same as those defined by\n the C language "
    "standard for struct tm.  For example, the value of the\n field tm_year is the actual year, not year - 1900.  See individual\n fields' "
    "descriptions for details.",
    kFields, 11, 9};
Class* struct_time;

// Clocks.

Value os_error() { return raise_os_error(errno); }

int64_t nanos_of(const timespec& t) { return t.tv_sec * kNanos + t.tv_nsec; }
double seconds_of(int64_t nanos) {
  // Whole seconds exactly, then the fraction: one rounding.
  return static_cast<double>(nanos) / 1e9;
}

template <clockid_t kClock>
Value clock_seconds(Value*) {
  timespec t;
  if (clock_gettime(kClock, &t)) return os_error();
  return Value::from_double(seconds_of(nanos_of(t)));
}
template <clockid_t kClock>
Value clock_nanos(Value*) {
  timespec t;
  if (clock_gettime(kClock, &t)) return os_error();
  return new_int(nanos_of(t));
}

Value clock_gettime_(Value* args) {
  int id;
  timespec t;
  if (!to_int32(args[0], &id)) return nullptr;
  if (clock_gettime(id, &t)) return os_error();
  return Value::from_double(seconds_of(nanos_of(t)));
}
Value clock_gettime_ns(Value* args) {
  int id;
  timespec t;
  if (!to_int32(args[0], &id)) return nullptr;
  if (clock_gettime(id, &t)) return os_error();
  return new_int(nanos_of(t));
}
Value clock_getres_(Value* args) {
  int id;
  timespec t;
  if (!to_int32(args[0], &id)) return nullptr;
  if (clock_getres(id, &t)) return os_error();
  return Value::from_double(static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9);
}

// A duration or time stamp in nanoseconds. `round_up`: away from the past, so that sleeps are not too short.
bool to_nanos(Value v, bool round_up, int64_t* out) {
  if (is_float_like(v)) {
    double d = float_value(v);
    if (std::isnan(d)) return raise(exc.ValueError, "Invalid value NaN (not a number)"), false;
    d *= 1e9;
    d = round_up ? (d >= 0 ? std::ceil(d) : std::floor(d)) : std::nearbyint(d);
    if (!(d >= -9223372036854775808.0 && d < 9223372036854775808.0)) return raise(exc.OverflowError, "timestamp too large to convert to C _PyTime_t"), false;
    *out = static_cast<int64_t>(d);
    return true;
  }
  Value i = TRY(number_index(v));
  int64_t seconds;
  if (!int_to_int64(i, &seconds) || __builtin_mul_overflow(seconds, kNanos, out)) {
    return raise(exc.OverflowError, "timestamp too large to convert to C _PyTime_t"), false;
  }
  return true;
}

Value clock_settime_(Value* args) {
  int id;
  int64_t nanos;
  if (!to_int32(args[0], &id) || !to_nanos(args[1], false, &nanos)) return nullptr;
  timespec t{nanos / kNanos, nanos % kNanos};
  if (t.tv_nsec < 0) t.tv_nsec += kNanos, --t.tv_sec;
  if (clock_settime(id, &t)) return os_error();
  return Value::none();
}
Value clock_settime_ns(Value* args) {
  int id;
  int64_t nanos;
  if (!to_int32(args[0], &id) || !to_int64(args[1], &nanos)) return nullptr;
  timespec t{nanos / kNanos, nanos % kNanos};
  if (t.tv_nsec < 0) t.tv_nsec += kNanos, --t.tv_sec;
  if (clock_settime(id, &t)) return os_error();
  return Value::none();
}
Value pthread_getcpuclockid_(Value* args) {
  int64_t id;
  if (!to_int64(args[0], &id)) return nullptr;
  clockid_t clock;
  if (int error = pthread_getcpuclockid(static_cast<pthread_t>(id), &clock)) {
    errno = error;
    return os_error();
  }
  return new_int(clock);
}

Value sleep_(Value* args) {
  int64_t nanos;
  if (!to_nanos(args[0], true, &nanos)) return nullptr;
  if (nanos < 0) return raise(exc.ValueError, "sleep length must be non-negative");
  if (!check_signals()) return nullptr;   // one that came since the last poll would not interrupt the sleep
  timespec deadline;
  if (clock_gettime(CLOCK_MONOTONIC, &deadline)) return os_error();
  int64_t end;
  if (__builtin_add_overflow(nanos_of(deadline), nanos, &end)) end = INT64_MAX;
  deadline = {end / kNanos, end % kNanos};
  for (;;) {
    int error;
    {
      BlockingRegion blocking;
      error = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, nullptr);
    }
    if (error == 0) return Value::none();
    if (error != EINTR) {
      errno = error;
      return os_error();
    }
    if (!check_signals()) return nullptr;
  }
}

Value get_clock_info(Value* args) {
  if (!is_str(args[0])) {
    return raisef(exc.TypeError, "get_clock_info() argument 1 must be str, not %.50s", args[0].is_none() ? "None" : type_name(args[0]));
  }
  struct Info {
    const char *name, *implementation;
    bool monotonic, adjustable;
    clockid_t clock;
  };
  static constexpr Info kClocks[] = {{"time", "clock_gettime(CLOCK_REALTIME)", false, true, CLOCK_REALTIME},
                                     {"monotonic", "clock_gettime(CLOCK_MONOTONIC)", true, false, CLOCK_MONOTONIC},
                                     {"perf_counter", "clock_gettime(CLOCK_MONOTONIC)", true, false, CLOCK_MONOTONIC},
                                     {"process_time", "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false, CLOCK_PROCESS_CPUTIME_ID},
                                     {"thread_time", "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false, CLOCK_THREAD_CPUTIME_ID}};
  for (const Info& info : kClocks) {
    if (!str_equals(args[0].as<Str>(), info.name)) continue;
    timespec t;
    if (clock_getres(info.clock, &t)) return os_error();
    Dict* d = TRY(new_dict());
    dict_set_str(d, intern("implementation"), intern(info.implementation));
    dict_set_str(d, intern("monotonic"), Value::from_bool(info.monotonic));
    dict_set_str(d, intern("adjustable"), Value::from_bool(info.adjustable));
    dict_set_str(d, intern("resolution"), Value::from_double(static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9));
    return call_tuple_dict(types.simple_namespace, empty_tuple(), d);
  }
  return raise(exc.ValueError, "unknown clock");
}

// Calendar.

// An optional time stamp as whole seconds, rounded down; absent or None: now.
bool to_time_t(Value v, time_t* out) {
  if (v.is_null() || v.is_none()) return *out = time(nullptr), true;
  if (is_float_like(v)) {
    double d = float_value(v);
    if (std::isnan(d)) return raise(exc.ValueError, "Invalid value NaN (not a number)"), false;
    d = std::floor(d);
    if (!(d >= -9223372036854775808.0 && d < 9223372036854775808.0)) return raise(exc.OverflowError, "timestamp out of range for platform time_t"), false;
    return *out = static_cast<time_t>(d), true;
  }
  Value i = TRY(number_index(v));
  int64_t seconds;
  if (!int_to_int64(i, &seconds)) return raise(exc.OverflowError, "timestamp out of range for platform time_t"), false;
  return *out = seconds, true;
}

Value make_struct_time(const tm& t, const char* zone, long offset) {
  Tuple* s = TRY(new_struct_sequence(struct_time));
  int wday = t.tm_wday == 0 ? 6 : t.tm_wday - 1;
  int values[] = {t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, wday, t.tm_yday + 1, t.tm_isdst};
  s->items[0] = new_int(static_cast<int64_t>(t.tm_year) + 1900);
  for (int i = 0; i < 8; ++i) s->items[i + 1] = Value::from_int(values[i]);
  s->items[9] = new_str(zone);
  s->items[10] = Value::from_int(offset);
  write_barrier(s);
  return s;
}

Value gmtime_(Value* args) {
  time_t when;
  tm t;
  if (!to_time_t(args[0], &when)) return nullptr;
  if (!gmtime_r(&when, &t)) return os_error();
  return make_struct_time(t, t.tm_zone, 0);
}
Value localtime_(Value* args) {
  time_t when;
  tm t;
  if (!to_time_t(args[0], &when)) return nullptr;
  if (!localtime_r(&when, &t)) return os_error();
  return make_struct_time(t, t.tm_zone, t.tm_gmtoff);
}

// A nine-tuple or struct_time as struct tm; the fields are not checked.
bool to_tm(Value v, const char* function, tm* out) {
  if (!is_tuple(v)) return raise(exc.TypeError, "Tuple or struct_time argument required"), false;
  Tuple* t = v.as<Tuple>();
  if (t->size != 9) return raisef(exc.TypeError, "%s(): illegal time tuple argument", function), false;
  int f[9];
  for (int i = 0; i < 9; ++i) {
    if (!to_int32(t->items[i], &f[i])) return false;
  }
  *out = {};
  if (f[0] < INT32_MIN + 1900) return raise(exc.OverflowError, "year out of range"), false;
  out->tm_year = f[0] - 1900;
  out->tm_mon = f[1] - 1;
  out->tm_mday = f[2];
  out->tm_hour = f[3];
  out->tm_min = f[4];
  out->tm_sec = f[5];
  out->tm_wday = (f[6] + 1) % 7;
  out->tm_yday = f[7] - 1;
  out->tm_isdst = f[8];
  if (is_exact(v, struct_time)) {
    Value zone = v.as<Tuple>()->items[9], offset = v.as<Tuple>()->items[10];
    if (zone && is_str(zone)) out->tm_zone = intern(zone.as<Str>())->data ? reinterpret_cast<const char*>(zone.as<Str>()->data) : nullptr;
    int64_t seconds;
    if (offset && is_int_like(offset) && int_to_int64(offset, &seconds)) out->tm_gmtoff = seconds;
  }
  return true;
}

// The ranges that strftime and asctime want; zeros for "not given" are let through as CPython does.
bool check_tm(tm* t) {
  auto bad = [](const char* what) { return raisef(exc.ValueError, "%s out of range", what), false; };
  if (t->tm_mon == -1) t->tm_mon = 0;
  else if (t->tm_mon < 0 || t->tm_mon > 11) return bad("month");
  if (t->tm_mday == 0) t->tm_mday = 1;
  else if (t->tm_mday < 0 || t->tm_mday > 31) return bad("day of month");
  if (t->tm_hour < 0 || t->tm_hour > 23) return bad("hour");
  if (t->tm_min < 0 || t->tm_min > 59) return bad("minute");
  if (t->tm_sec < 0 || t->tm_sec > 61) return bad("seconds");
  if (t->tm_wday < 0) return bad("day of week");
  if (t->tm_yday == -1) t->tm_yday = 0;
  else if (t->tm_yday < 0 || t->tm_yday > 365) return bad("day of year");
  return true;
}

Value format_asctime(const tm& t) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return new_strf("%s %s%3d %.2d:%.2d:%.2d %lld", kDays[t.tm_wday], kMonths[t.tm_mon], t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec,
                  static_cast<long long>(t.tm_year) + 1900);
}

bool now_local(tm* t) {
  time_t now = time(nullptr);
  if (localtime_r(&now, t)) return true;
  os_error();
  return false;
}

Value asctime_(Value* args) {
  tm t;
  if (args[0].is_null()) {
    if (!now_local(&t)) return nullptr;
  } else if (!to_tm(args[0], "asctime", &t) || !check_tm(&t)) {
    return nullptr;
  }
  return format_asctime(t);
}
Value ctime_(Value* args) {
  time_t when;
  tm t;
  if (!to_time_t(args[0], &when)) return nullptr;
  if (!localtime_r(&when, &t)) return os_error();
  return format_asctime(t);
}

Value mktime_(Value* args) {
  tm t;
  if (!to_tm(args[0], "mktime", &t)) return nullptr;
  t.tm_wday = -1;   // stays so only on failure
  time_t when = mktime(&t);
  if (when == -1 && t.tm_wday == -1) return raise(exc.OverflowError, "mktime argument out of range");
  return Value::from_double(static_cast<double>(when));
}

Value strftime_(Value* args) {
  if (!is_str(args[0])) {
    return raisef(exc.TypeError, "strftime() argument 1 must be str, not %.50s", args[0].is_none() ? "None" : type_name(args[0]));
  }
  tm t;
  if (args[1].is_null()) {
    if (!now_local(&t)) return nullptr;
  } else if (!to_tm(args[1], "strftime", &t) || !check_tm(&t)) {
    return nullptr;
  }
  if (t.tm_isdst < -1) t.tm_isdst = -1;
  if (t.tm_isdst > 1) t.tm_isdst = 1;
  std::string format = to_utf8(args[0].as<Str>());
  if (format.find('\0') != std::string::npos) return raise(exc.ValueError, "embedded null character");
  if (format.empty()) return names.empty;
  // An empty result and one that does not fit look alike: grow until it is plain that it is empty.
  for (size_t room = 1024;; room *= 2) {
    std::string buffer(room, '\0');
    size_t n = strftime(buffer.data(), room, format.c_str(), &t);
    if (n > 0 || room >= 256 * format.size()) {
      buffer.resize(n);
      return new_str(buffer);
    }
  }
}

Value strptime_(Value* args, uint32_t nargs, Tuple* kwnames) {
  Value module = TRY(import_module("_strptime"));
  return call_method(module, intern("_strptime_time"), args, nargs, kwnames);
}

bool set_zone_constants(Module* m) {
  // The standard offset is the one in winter; which half year that is shows by comparing January with July.
  constexpr time_t kYear = 365 * 24 * 3600 + 6 * 3600;
  time_t start = time(nullptr) / kYear * kYear, middle = start + kYear / 2;
  tm january, july;
  if (!localtime_r(&start, &january) || !localtime_r(&middle, &july)) return os_error(), false;
  std::string january_name = january.tm_zone ? january.tm_zone : "   ", july_name = july.tm_zone ? july.tm_zone : "   ";
  long january_zone = -january.tm_gmtoff, july_zone = -july.tm_gmtoff;
  bool southern = january_zone < july_zone;
  return add_int(m, "timezone", southern ? july_zone : january_zone) && add_int(m, "altzone", southern ? january_zone : july_zone) &&
         add_int(m, "daylight", january_zone != july_zone) &&
         add_object(m, "tzname", make_tuple(Value(new_str(southern ? july_name : january_name)), Value(new_str(southern ? january_name : july_name))));
}

Module* time_module;
Value tzset_(Value*) {
  tzset();
  if (!set_zone_constants(time_module)) return nullptr;
  return Value::none();
}

constexpr auto kAny = Effects::kCallsPython;
constexpr auto kClockEffects = Effects::kWrites;   // not kReads: two calls must not be merged
#define ROW(name, signature, fn, doc) {name, signature, fn, kAny, MethodKind::kFunction, doc}
#define CLOCK(name, fn, doc) {name, "!($module, /)", fn, kClockEffects, MethodKind::kFunction, doc}

constexpr const char* kFormatCodes =
    "strftime(format[, tuple]) -> string\n\nConvert a time tuple to a string according to a format specification.\nSee the library reference "
    "manual for formatting codes. When the time tuple\nis not present, current time as returned by localtime() is used.\n\nCommonly used format "
    "codes:\n\n%Y  Year with century as a decimal number.\n%m  Month as a decimal number [01,12].\n%d  Day of the month as a decimal number "
    "[01,31].\n%H  Hour (24-hour clock) as a decimal number [00,23].\n%M  Minute as a decimal number [00,59].\n%S  Second as a decimal number "
    "[00,61].\n%z  Time zone offset from UTC.\n%a  Locale's abbreviated weekday name.\n%A  Locale's full weekday name.\n%b  Locale's abbreviated "
    "month name.\n%B  Locale's full month name.\n%c  Locale's appropriate date and time representation.\n%I  Hour (12-hour clock) as a decimal "
    "number [01,12].\n%p  Locale's equivalent of either AM or PM.\n\nOther codes may be available on your platform.  See documentation for\nthe C "
    "library strftime function.\n";

constexpr MethodDef kFunctions[] = {
    CLOCK("time", clock_seconds<CLOCK_REALTIME>,
          "time() -> floating point number\n\nReturn the current time in seconds since the Epoch.\nFractions of a second may be present if the "
          "system clock provides them."),
    CLOCK("time_ns", clock_nanos<CLOCK_REALTIME>, "time_ns() -> int\n\nReturn the current time in nanoseconds since the Epoch."),
    ROW("clock_gettime", "!($module, clk_id, /)", clock_gettime_,
        "clock_gettime(clk_id) -> float\n\nReturn the time of the specified clock clk_id."),
    ROW("clock_gettime_ns", "!($module, clk_id, /)", clock_gettime_ns,
        "clock_gettime_ns(clk_id) -> int\n\nReturn the time of the specified clock clk_id as nanoseconds."),
    ROW("clock_settime", "!($module, clk_id, time, /)", clock_settime_, "clock_settime(clk_id, time)\n\nSet the time of the specified clock clk_id."),
    ROW("clock_settime_ns", "!($module, clk_id, time, /)", clock_settime_ns,
        "clock_settime_ns(clk_id, time)\n\nSet the time of the specified clock clk_id with nanoseconds."),
    ROW("clock_getres", "!($module, clk_id, /)", clock_getres_,
        "clock_getres(clk_id) -> floating point number\n\nReturn the resolution (precision) of the specified clock clk_id."),
    ROW("pthread_getcpuclockid", "!($module, thread_id, /)", pthread_getcpuclockid_,
        "pthread_getcpuclockid(thread_id) -> int\n\nReturn the clk_id of a thread's CPU time clock."),
    ROW("sleep", "!($module, seconds, /)", sleep_,
        "sleep(seconds)\n\nDelay execution for a given number of seconds.  The argument may be\na floating point number for subsecond precision."),
    ROW("gmtime", "!($module, seconds=None, /)", gmtime_,
        "gmtime([seconds]) -> (tm_year, tm_mon, tm_mday, tm_hour, tm_min,\n                       tm_sec, tm_wday, tm_yday, tm_isdst)\n\nConvert "
        "seconds since the Epoch to a time tuple expressing UTC (a.k.a.\nGMT).  When 'seconds' is not passed in, convert the current time "
        "instead.\n\nIf the platform supports the tm_gmtoff and tm_zone, they are available as\nattributes only."),
    ROW("localtime", "!($module, seconds=None, /)", localtime_,
        "localtime([seconds]) -> (tm_year,tm_mon,tm_mday,tm_hour,tm_min,\n                          tm_sec,tm_wday,tm_yday,tm_isdst)\n\nConvert "
        "seconds since the Epoch to a time tuple expressing local time.\nWhen 'seconds' is not passed in, convert the current time instead."),
    ROW("asctime", "!($module, tuple=None, /)", asctime_,
        "asctime([tuple]) -> string\n\nConvert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'.\nWhen the time tuple is not present, "
        "current time as returned by localtime()\nis used."),
    ROW("ctime", "!($module, seconds=None, /)", ctime_,
        "ctime(seconds) -> string\n\nConvert a time in seconds since the Epoch to a string in local time.\nThis is equivalent to "
        "asctime(localtime(seconds)). When the time tuple is\nnot present, current time as returned by localtime() is used."),
    ROW("mktime", "!($module, tuple, /)", mktime_,
        "mktime(tuple) -> floating point number\n\nConvert a time tuple in local time to seconds since the Epoch.\nNote that mktime(gmtime(0)) "
        "will not generally return zero for most\ntime zones; instead the returned value will either be equal to that\nof the timezone or altzone "
        "attributes on the time module."),
    ROW("strftime", "!($module, format, tuple=None, /)", strftime_, kFormatCodes),
    {"strptime", "!($module, *args)", nullptr, kAny, MethodKind::kFunction,
     "strptime(string, format) -> struct_time\n\nParse a string to a time tuple according to a format specification.\nSee the library reference "
     "manual for formatting codes (same as\nstrftime()).\n\nCommonly used format codes:\n\n%Y  Year with century as a decimal number.\n%m  Month as "
     "a decimal number [01,12].\n%d  Day of the month as a decimal number [01,31].\n%H  Hour (24-hour clock) as a decimal number [00,23].\n%M  "
     "Minute as a decimal number [00,59].\n%S  Second as a decimal number [00,61].\n%z  Time zone offset from UTC.\n%a  Locale's abbreviated "
     "weekday name.\n%A  Locale's full weekday name.\n%b  Locale's abbreviated month name.\n%B  Locale's full month name.\n%c  Locale's "
     "appropriate date and time representation.\n%I  Hour (12-hour clock) as a decimal number [01,12].\n%p  Locale's equivalent of either AM or "
     "PM.\n\nOther codes may be available on your platform.  See documentation for\nthe C library strftime function.\n",
     strptime_},
    CLOCK("tzset", tzset_,
          "tzset()\n\nInitialize, or reinitialize, the local timezone to the value stored in\nos.environ['TZ']. The TZ environment variable should "
          "be specified in\nstandard Unix timezone format as documented in the tzset man page\n(eg. 'US/Eastern', 'Europe/Amsterdam'). Unknown "
          "timezones will silently\nfall back to UTC. If the TZ environment variable is not set, the local\ntimezone is set to the systems best "
          "guess of wallclock time.\nChanging the TZ environment variable without calling tzset *may* change\nthe local timezone used by methods "
          "such as localtime, but this behaviour\nshould not be relied on."),
    CLOCK("monotonic", clock_seconds<CLOCK_MONOTONIC>, "monotonic() -> float\n\nMonotonic clock, cannot go backward."),
    CLOCK("monotonic_ns", clock_nanos<CLOCK_MONOTONIC>, "monotonic_ns() -> int\n\nMonotonic clock, cannot go backward, as nanoseconds."),
    CLOCK("process_time", clock_seconds<CLOCK_PROCESS_CPUTIME_ID>,
          "process_time() -> float\n\nProcess time for profiling: sum of the kernel and user-space CPU time."),
    CLOCK("process_time_ns", clock_nanos<CLOCK_PROCESS_CPUTIME_ID>,
          "process_time() -> int\n\nProcess time for profiling as nanoseconds:\nsum of the kernel and user-space CPU time."),
    CLOCK("thread_time", clock_seconds<CLOCK_THREAD_CPUTIME_ID>,
          "thread_time() -> float\n\nThread time for profiling: sum of the kernel and user-space CPU time."),
    CLOCK("thread_time_ns", clock_nanos<CLOCK_THREAD_CPUTIME_ID>,
          "thread_time() -> int\n\nThread time for profiling as nanoseconds:\nsum of the kernel and user-space CPU time."),
    CLOCK("perf_counter", clock_seconds<CLOCK_MONOTONIC>, "perf_counter() -> float\n\nPerformance counter for benchmarking."),
    CLOCK("perf_counter_ns", clock_nanos<CLOCK_MONOTONIC>, "perf_counter_ns() -> int\n\nPerformance counter for benchmarking as nanoseconds."),
    ROW("get_clock_info", "!($module, name, /)", get_clock_info,
        "get_clock_info(name: str) -> dict\n\nGet information of the specified clock."),
    {}};

constexpr const char* kDoc =
    "This module provides various functions to manipulate time values.\n\nThere are two standard representations of time.  One is the number\nof "
    "seconds since the Epoch, in UTC (a.k.a. GMT).  It may be an integer\nor a floating point number (to represent fractions of seconds).\nThe "
    "Epoch is system-defined; on Unix, it is generally January 1st, 1970.\nThe actual value can be retrieved by calling gmtime(0).\n\nThe other "
    "representation is a tuple of 9 integers giving local time.\nThe tuple items are:\n  year (including century, e.g. 1998)\n  month (1-12)\n  day "
    "(1-31)\n  hours (0-23)\n  minutes (0-59)\n  seconds (0-59)\n  weekday (0-6, Monday is 0)\n  Julian day (day in the year, 1-366)\n  DST "
    "(Daylight Savings Time) flag (-1, 0 or 1)\nIf the DST flag is 0, the time is given in the regular time zone;\nif it is 1, the time is given in "
    "the DST time zone;\nif it is -1, mktime() should guess based on the date and time.\n";

}  // namespace

bool init_time_module(Module* m) {
  time_module = m;
  if (!struct_time) struct_time = TRY(new_struct_sequence_class(kStructTime));
  tzset();
  static constexpr struct { const char* name; int value; } kConstants[] = {
      {"_STRUCT_TM_ITEMS", 11},
      {"CLOCK_REALTIME", CLOCK_REALTIME},
      {"CLOCK_MONOTONIC", CLOCK_MONOTONIC},
      {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW},
      {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID},
      {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
      {"CLOCK_BOOTTIME", CLOCK_BOOTTIME},
      {"CLOCK_TAI", CLOCK_TAI},
  };
  for (auto& c : kConstants) {
    if (!add_int(m, c.name, c.value)) return false;
  }
  return add_string(m, "__doc__", kDoc) && add_functions(m, kFunctions) && set_zone_constants(m) && add_object(m, "struct_time", struct_time);
}

}  // namespace pyjit::runtime
