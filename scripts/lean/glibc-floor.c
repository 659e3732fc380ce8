/* What static libraries of this machine take from a C library newer than Amazon Linux 2023's (glibc 2.34).
 *
 * Linked into each release build, so that symbols of glibc 2.35 are not asked for. scripts/package refuses a program that
 * needs any other. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <features.h>
#include <link.h>
#include <math.h>

/* FoundationEssentials. glibc 2.35 gave it a new version for the sake of errno, which Swift does not read. */
float hypotf(float x, float y) {
    if (isinf(x) || isinf(y)) return INFINITY;
    return (float)sqrt((double)x * x + (double)y * y);
}

/* libgcc's unwinder, since GCC 12: which loaded object has this code, and where is its index of unwind tables? The crash
 * report unwinds with it, and goes by frame pointers where a packaged program has no tables. */
#if __GLIBC_PREREQ(2, 35)
struct search {
    uintptr_t address;
    struct dl_find_object *found;
};

static int visit(struct dl_phdr_info *object, size_t size, void *argument) {
    struct search *search = argument;
    (void)size;
    void *tables = 0;
    int is_here = 0;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        uintptr_t start = object->dlpi_addr + segment->p_vaddr;
        if (segment->p_type == PT_GNU_EH_FRAME) tables = (void *)start;
        if (segment->p_type != PT_LOAD || search->address < start || search->address >= start + segment->p_memsz) continue;
        is_here = 1;
        search->found->dlfo_map_start = (void *)start;
        search->found->dlfo_map_end = (void *)(start + segment->p_memsz);
    }
    if (!is_here || tables == 0) return 0;
    search->found->dlfo_flags = 0;
    search->found->dlfo_link_map = 0;
    search->found->dlfo_eh_frame = tables;
    return 1;
}

int _dl_find_object(void *address, struct dl_find_object *found) {
    struct search search = {(uintptr_t)address, found};
    return dl_iterate_phdr(visit, &search) == 1 ? 0 : -1;
}
#endif
