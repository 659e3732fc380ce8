// Who called whom, by name.
//
// Unwinding, reading symbol tables and demangling allocate, take locks and trust memory that may be corrupt. So a copy of
// the process does it and writes what it finds into a pipe, the crudest first: if it crashes or hangs, the original goes
// on with what has arrived.
#include "crash.h"

#ifdef __linux__
#include "text.h"
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <unwind.h>

// What a record in the pipe is about. Each is one write below PIPE_BUF, so none arrives in part.
enum record_kind { RECORD_FRAME, RECORD_COUNT, RECORD_REQUEST_ID, RECORD_LOG_MESSAGE };

struct record {
    uint8_t kind;
    uint8_t index;
    uint16_t length;
};

// In the stdlib (swift/Demangling/Demangle.h): NULL for what is no mangled name, otherwise malloc'ed.
extern char *swift_demangle(const char *name, size_t length, char *buffer, size_t *buffer_size, uint32_t flags);

// MARK: In the copy: unwinding

struct frame {
    // Where it stands in the code: at the call, where it made one.
    uint64_t address;
    uint64_t image_offset;
    const char *image_path;
    const char *image_name;
    const char *symbol;
    uint64_t symbol_offset;
    // What the frame pointer register holds in it; 0 for a frame that is not on the stack.
    uint64_t frame_pointer;
    // Stands for so many.
    uint64_t omitted;
};

struct unwinding {
    uint64_t crash_address;
    bool has_begun;
    int probe[2];
    int count;
    // Of the frames visited, those beyond the first ones.
    uint64_t later;
    struct frame *frames;
};

/// Reads memory that may not be there: write(2) answers EFAULT where a load would fault.
static bool read_word(struct unwinding *unwinding, uint64_t address, uint64_t *word) {
    return address % sizeof *word == 0 && write(unwinding->probe[1], (const void *)(uintptr_t)address, sizeof *word) == sizeof *word
        && read(unwinding->probe[0], word, sizeof *word) == sizeof *word;
}

static void add_frame(struct unwinding *unwinding, uint64_t address, uint64_t frame_pointer) {
    if (unwinding->count == ROOST_FRAMES) return;
    struct frame frame = {.address = address, .frame_pointer = frame_pointer};
    unwinding->frames[unwinding->count++] = frame;
}

// Endless recursion has hundreds of thousands of frames, and the last ones say how it came to it.
enum { FIRST_FRAMES = 40, LAST_FRAMES = ROOST_FRAMES - FIRST_FRAMES - 1 };

static void keep_frame(struct unwinding *unwinding, struct frame frame) {
    if (unwinding->count < FIRST_FRAMES) {
        unwinding->frames[unwinding->count++] = frame;
    } else {
        unwinding->frames[FIRST_FRAMES + 1 + unwinding->later++ % LAST_FRAMES] = frame;
    }
}

/// Puts the last frames in order, behind a frame that stands for what was left out.
static void close_gap(struct unwinding *unwinding) {
    if (unwinding->later == 0) return;
    struct frame last[LAST_FRAMES];
    uint64_t kept = unwinding->later < LAST_FRAMES ? unwinding->later : LAST_FRAMES;
    for (uint64_t i = 0; i < kept; i++)
        last[i] = unwinding->frames[FIRST_FRAMES + 1 + (unwinding->later - kept + i) % LAST_FRAMES];
    if (unwinding->later > kept) {
        struct frame gap = {.omitted = unwinding->later - kept};
        unwinding->frames[unwinding->count++] = gap;
    }
    memcpy(unwinding->frames + unwinding->count, last, kept * sizeof *last);
    unwinding->count += (int)kept;
}

static _Unwind_Reason_Code visit(struct _Unwind_Context *context, void *argument) {
    struct unwinding *unwinding = argument;
    int is_exact = 0;
    uint64_t address = (uint64_t)_Unwind_GetIPInfo(context, &is_exact);
    // Above it are the handler's own frames.
    if (!unwinding->has_begun && address != unwinding->crash_address) return _URC_NO_REASON;
    unwinding->has_begun = true;
    if (address == 0) return _URC_END_OF_STACK;
#if defined(__x86_64__)
    int frame_pointer = 6;
#else
    int frame_pointer = 29;
#endif
    struct frame frame = {
        .address = is_exact ? address : address - 1, .frame_pointer = (uint64_t)_Unwind_GetGR(context, frame_pointer)};
    keep_frame(unwinding, frame);
    return _URC_NO_REASON;
}

/// Where there is no unwinding information: Swift code keeps frame pointers.
static void walk_frame_pointers(struct unwinding *unwinding, uint64_t frame_pointer) {
    uint64_t saved, address;
    while (unwinding->count < ROOST_FRAMES) {
        if (!read_word(unwinding, frame_pointer, &saved) || !read_word(unwinding, frame_pointer + 8, &address)) return;
        if (address == 0 || saved <= frame_pointer) return;
        add_frame(unwinding, address - 1, saved);
        frame_pointer = saved;
    }
}

// MARK: In the copy: async callers

static int find_code(struct dl_phdr_info *image, size_t size, void *argument) {
    (void)size;
    uint64_t address = *(uint64_t *)argument;
    for (int segment = 0; segment < image->dlpi_phnum; segment++) {
        const ElfW(Phdr) *header = &image->dlpi_phdr[segment];
        uint64_t start = image->dlpi_addr + header->p_vaddr;
        if (header->p_type == PT_LOAD && header->p_flags & PF_X && address >= start && address < start + header->p_memsz) return 1;
    }
    return 0;
}

/// Whether it is the name of what an async function goes on with after a suspension (`…TY0_`, `…TQ1_`: swift's
/// docs/ABI/Mangling.rst, "await resume" and "suspend resume partial function").
static bool is_async(const char *symbol) {
    size_t length = strlen(symbol);
    if (length < 4 || symbol[--length] != '_') return false;
    while (length > 2 && symbol[length - 1] >= '0' && symbol[length - 1] <= '9') length--;
    return symbol[length - 2] == 'T' && (symbol[length - 1] == 'Y' || symbol[length - 1] == 'Q');
}

/// An async function keeps its context below its saved frame pointer; the context's first two words are its caller's context
/// and the place where the caller goes on (swift/ABI/Task.h, `AsyncContext`). Behind such a function the stack is the
/// executor's, and the logical one is the chain of contexts. A function without a name counts as async if there is such a
/// chain from it: each place in code, and an end.
static void follow_async_callers(struct unwinding *unwinding) {
    for (int i = 0; i < unwinding->count; i++) {
        const struct frame *frame = &unwinding->frames[i];
        uint64_t context, place[2], places[ROOST_FRAMES];
        int count = 0;
        if (frame->symbol != NULL && !is_async(frame->symbol)) continue;
        if (frame->frame_pointer == 0 || !read_word(unwinding, frame->frame_pointer - 8, &context) || context == 0) continue;
        bool is_chain = true;
        while (is_chain && context != 0 && count < ROOST_FRAMES) {
            is_chain = read_word(unwinding, context, &place[0]) && read_word(unwinding, context + 8, &place[1])
                && dl_iterate_phdr(find_code, &place[1]) == 1;
            if (is_chain) places[count++] = place[1];
            context = place[0];
        }
        if (count < 2 || (!is_chain && frame->symbol == NULL)) continue;
        unwinding->count = i + 1;
        for (int p = 0; p < count; p++) add_frame(unwinding, places[p], 0);
        return;
    }
}

// MARK: In the copy: images and symbols

static int find_image(struct dl_phdr_info *image, size_t size, void *argument) {
    (void)size;
    struct unwinding *unwinding = argument;
    for (int i = 0; i < unwinding->count; i++) {
        struct frame *frame = &unwinding->frames[i];
        for (int segment = 0; segment < image->dlpi_phnum; segment++) {
            const ElfW(Phdr) *header = &image->dlpi_phdr[segment];
            uint64_t start = image->dlpi_addr + header->p_vaddr;
            if (header->p_type != PT_LOAD || frame->address < start || frame->address >= start + header->p_memsz) continue;
            frame->image_offset = frame->address - image->dlpi_addr;
            frame->image_path = image->dlpi_name[0] != 0 ? image->dlpi_name : "/proc/self/exe";
        }
    }
    return 0;
}

static void name_images(struct unwinding *unwinding) {
    static char executable[4096];
    ssize_t length = readlink("/proc/self/exe", executable, sizeof executable - 1);
    executable[length > 0 ? length : 0] = 0;
    dl_iterate_phdr(find_image, unwinding);
    for (int i = 0; i < unwinding->count; i++) {
        struct frame *frame = &unwinding->frames[i];
        if (frame->image_path == NULL) continue;
        const char *path = frame->image_path[0] == '/' && strcmp(frame->image_path, "/proc/self/exe") == 0 ? executable : frame->image_path;
        const char *slash = strrchr(path, '/');
        frame->image_name = slash != NULL ? slash + 1 : path;
    }
}

/// One pass over the file's symbols for all frames in it. A symbol counts only within its size: the nearest name that a
/// stripped file has left would be a wrong one.
static void find_symbols(struct unwinding *unwinding, const char *path) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (descriptor < 0 || fstat(descriptor, &status) != 0 || (size_t)status.st_size < sizeof(ElfW(Ehdr))) return;
    size_t size = (size_t)status.st_size;
    const char *file = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (file == MAP_FAILED) return;
    const ElfW(Ehdr) *head = (const void *)file;
    if (head->e_shoff == 0 || head->e_shoff + (uint64_t)head->e_shnum * sizeof(ElfW(Shdr)) > size) return;
    const ElfW(Shdr) *sections = (const void *)(file + head->e_shoff);
    for (int wanted = 0; wanted < 2; wanted++) {
        for (int i = 0; i < head->e_shnum; i++) {
            const ElfW(Shdr) *section = &sections[i];
            if (section->sh_type != (wanted == 0 ? SHT_SYMTAB : SHT_DYNSYM) || section->sh_link >= head->e_shnum) continue;
            const ElfW(Shdr) *strings = &sections[section->sh_link];
            if (section->sh_offset + section->sh_size > size || strings->sh_offset + strings->sh_size > size) continue;
            const ElfW(Sym) *symbols = (const void *)(file + section->sh_offset);
            size_t count = section->sh_size / sizeof *symbols;
            for (size_t s = 0; s < count; s++) {
                if ((symbols[s].st_info & 0xF) != STT_FUNC || symbols[s].st_size == 0) continue;
                for (int f = 0; f < unwinding->count; f++) {
                    struct frame *frame = &unwinding->frames[f];
                    uint64_t offset = frame->image_offset - symbols[s].st_value;
                    if (frame->symbol != NULL || frame->image_path != path || offset >= symbols[s].st_size) continue;
                    if (symbols[s].st_name >= strings->sh_size) continue;
                    frame->symbol = file + strings->sh_offset + symbols[s].st_name;
                    frame->symbol_offset = offset;
                }
            }
        }
    }
    // Never unmapped: the names are in it, and the copy ends soon.
}

static void name_functions(struct unwinding *unwinding) {
    for (int i = 0; i < unwinding->count; i++) {
        if (unwinding->frames[i].image_path != NULL && unwinding->frames[i].symbol == NULL)
            find_symbols(unwinding, unwinding->frames[i].image_path);
    }
}

static void put_record(int pipe, enum record_kind kind, int index, const char *bytes, size_t length) {
    static char buffer[sizeof(struct record) + ROOST_MESSAGE_BYTES - 64];
    struct record record = {(uint8_t)kind, (uint8_t)index, 0};
    if (length > sizeof buffer - sizeof record) length = sizeof buffer - sizeof record;
    record.length = (uint16_t)length;
    memcpy(buffer, &record, sizeof record);
    if (length > 0) memcpy(buffer + sizeof record, bytes, length);
    ssize_t written = write(pipe, buffer, sizeof record + length);
    (void)written;
}

/// There are no more frames than these.
static void put_count(int pipe, int count) { put_record(pipe, RECORD_COUNT, count, NULL, 0); }

/// `function + 12 (bootstrap + 0x3c40)`; the number behind the image's name is what llvm-symbolizer and addr2line take.
static void put_frame(int pipe, int index, const struct frame *frame, const char *name) {
    char bytes[ROOST_FRAME_BYTES];
    // Room for the image is kept, however long the name.
    struct text text = {bytes, 0, sizeof bytes - 96};
    if (frame->omitted > 0) {
        text_string(&text, "… ");
        text_decimal(&text, frame->omitted, 0);
        text_string(&text, " more …");
    } else if (name != NULL) {
        text_string(&text, name);
        text_string(&text, " + ");
        text_decimal(&text, frame->symbol_offset, 0);
    } else {
        text_hex(&text, frame->address);
    }
    text.capacity = sizeof bytes;
    if (frame->image_name != NULL) {
        text_string(&text, " (");
        text_add(&text, frame->image_name, strnlen(frame->image_name, 60));
        text_string(&text, " + ");
        text_hex(&text, frame->image_offset);
        text_byte(&text, ')');
    }
    put_record(pipe, RECORD_FRAME, index, bytes, text.length);
}

static void put_frames(int pipe, const struct unwinding *unwinding) {
    for (int i = 0; i < unwinding->count; i++) put_frame(pipe, i, &unwinding->frames[i], NULL);
}

static bool has_prefix(const char *name, const char *prefix) { return strncmp(name, prefix, strlen(prefix)) == 0; }

/// The function as it was written: `(2) await resume partial function for f()` is `f()` after its second suspension,
/// `generic specialization <Int> of f()` an optimized copy of it.
static const char *as_written(const char *name) {
    static const char *const parts[] = {"await resume partial function for ", "suspend resume partial function for "};
    static const char *const copies[] = {"generic specialization <", "function signature specialization <", "merged "};
    bool goes_on = true;
    while (goes_on) {
        goes_on = false;
        const char *after = name[0] == '(' ? strchr(name, ' ') : NULL;
        for (int i = 0; i < 2 && after != NULL; i++) {
            if (!has_prefix(after + 1, parts[i])) continue;
            name = after + 1 + strlen(parts[i]);
            goes_on = true;
            break;
        }
        for (int i = 0; i < 3; i++) {
            if (!has_prefix(name, copies[i])) continue;
            const char *of = i < 2 ? strstr(name, "> of ") : NULL;
            if (i < 2 && of == NULL) continue;
            name = i < 2 ? of + strlen("> of ") : name + strlen(copies[i]);
            goes_on = true;
        }
    }
    return name;
}

static void examine(int pipe, const struct roost_crash *crash, const struct roost_crash_options *options, const ucontext_t *context) {
    static char text[ROOST_MESSAGE_BYTES];
    static struct frame frames[ROOST_FRAMES];
    struct unwinding unwinding = {.crash_address = roost_program_counter(context), .frames = frames};
    if (pipe2(unwinding.probe, O_CLOEXEC) != 0) return;
    // The barest first.
    add_frame(&unwinding, unwinding.crash_address, 0);
    put_frames(pipe, &unwinding);
    if (options->request_id != NULL) put_record(pipe, RECORD_REQUEST_ID, 0, text, options->request_id(text, 79));
    unwinding.count = 0;
    _Unwind_Backtrace(visit, &unwinding);
    close_gap(&unwinding);
    if (unwinding.count < 2) {
        unwinding.count = 0;
        add_frame(&unwinding, unwinding.crash_address, roost_frame_pointer(context));
        walk_frame_pointers(&unwinding, roost_frame_pointer(context));
    }
    put_frames(pipe, &unwinding);
    if (options->redact != NULL)
        put_record(pipe, RECORD_LOG_MESSAGE, 0, text, options->redact(crash->message, crash->message_length, text, sizeof text));

    name_images(&unwinding);
    put_frames(pipe, &unwinding);
    name_functions(&unwinding);
    follow_async_callers(&unwinding);
    name_images(&unwinding);
    name_functions(&unwinding);
    int told = 0;
    for (int i = 0; i < unwinding.count; i++) {
        const char *name = frames[i].symbol;
        char *demangled = name == NULL ? NULL : swift_demangle(name, strlen(name), NULL, NULL, 0);
        if (demangled != NULL) name = as_written(demangled);
        // Code of the compiler's own, between one function and the next.
        if (name != NULL && (has_prefix(name, "partial apply forwarder") || has_prefix(name, "reabstraction thunk"))) continue;
        put_frame(pipe, told++, &frames[i], name);
    }
    put_count(pipe, told);
}

// MARK: In the crashed process

static bool read_all(int pipe, void *place, size_t count, int64_t deadline) {
    size_t done = 0;
    while (done < count) {
        int64_t left = deadline - roost_milliseconds();
        struct pollfd waiting = {.fd = pipe, .events = POLLIN};
        if (left <= 0 || poll(&waiting, 1, (int)left) < 1) return false;
        ssize_t received = read(pipe, (char *)place + done, count - done);
        if (received <= 0) return false;
        done += (size_t)received;
    }
    return true;
}

static void take_record(int pipe, struct record record, struct roost_crash *crash, int64_t deadline, bool *goes_on) {
    static char bytes[ROOST_MESSAGE_BYTES];
    *goes_on = record.length <= sizeof bytes && read_all(pipe, bytes, record.length, deadline);
    if (!*goes_on) return;
    switch (record.kind) {
    case RECORD_FRAME:
        if (record.index >= ROOST_FRAMES || record.length > ROOST_FRAME_BYTES) return;
        memcpy(crash->frames[record.index], bytes, record.length);
        crash->frame_lengths[record.index] = record.length;
        if (record.index >= crash->frame_count) crash->frame_count = record.index + 1;
        return;
    case RECORD_COUNT:
        if (record.index < crash->frame_count) crash->frame_count = record.index;
        return;
    case RECORD_REQUEST_ID:
        if (record.length >= sizeof crash->request_id) return;
        memcpy(crash->request_id, bytes, record.length);
        crash->request_id[record.length] = 0;
        return;
    case RECORD_LOG_MESSAGE:
        memcpy(crash->log_message, bytes, record.length);
        crash->log_message_length = record.length;
        return;
    }
}

void roost_trace(struct roost_crash *crash, const struct roost_crash_options *options, const ucontext_t *context) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return;
    // Not fork(3), which runs handlers and takes locks that the crash may have left taken. No signal at its end, so that
    // nobody else's waitpid sees it. The same arguments on every architecture: all zero but the flags.
    long copy = syscall(SYS_clone, 0L, 0L, 0L, 0L, 0L);
    if (copy == 0) {
        static const int signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE};
        for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) signal(signals[i], SIG_DFL);
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        close(ends[0]);
        examine(ends[1], crash, options, context);
        syscall(SYS_exit_group, 0);
    }
    close(ends[1]);
    if (copy > 0) {
        int64_t deadline = roost_milliseconds() + ROOST_TRACE_MILLISECONDS;
        struct record record;
        bool goes_on = true;
        while (goes_on && read_all(ends[0], &record, sizeof record, deadline)) take_record(ends[0], record, crash, deadline, &goes_on);
        kill((pid_t)copy, SIGKILL);
        waitpid((pid_t)copy, NULL, __WALL);
    }
    close(ends[0]);
}

#endif
