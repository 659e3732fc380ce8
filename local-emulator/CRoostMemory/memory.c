// The list of the loaded files' segments comes from a function with a callback and a struct that are GNU's, which Swift does
// not import.
#define _GNU_SOURCE
#include "CRoostMemory.h"

#ifdef __linux__
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

static int give_back_segments(struct dl_phdr_info *object, size_t size, void *context) {
    (void)size;
    const unsigned long page = *(const unsigned long *)context;
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[index];
        // A segment that may be written has pages that are in no file: variables, and addresses that the linker filled in.
        if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W) != 0) continue;
        // Whole pages only: the ones at its ends may be a neighbour's too.
        const unsigned long from = (object->dlpi_addr + segment->p_vaddr + page - 1) & ~(page - 1);
        const unsigned long to = (object->dlpi_addr + segment->p_vaddr + segment->p_memsz) & ~(page - 1);
        // A failure leaves the pages where they are, which does no harm.
        if (to > from) (void)madvise((void *)from, to - from, MADV_DONTNEED);
    }
    return 0;
}

void roost_give_back_program_pages(void) {
    unsigned long page = (unsigned long)sysconf(_SC_PAGESIZE);
    dl_iterate_phdr(give_back_segments, &page);
}
#else
void roost_give_back_program_pages(void) {}
#endif
