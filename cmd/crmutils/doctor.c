/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * crmutils doctor: is all there that the programs need? One row an item:
 * what it is, how it stands (ok, missing, optional: missing but not needed)
 * and the detail. Names nothing personal: no host, no user, no folder.
 */
#include <dirent.h>
#include <errno.h>
#include <gsl/gsl_version.h>
#include <link.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <utf8proc.h>

#include "base/day.h"
#include "base/mem.h"
#include "base/msg.h"
#include "base/opt.h"
#include "base/share.h"
#include "base/text.h"
#include "stream/common.h"
#include "stream/output.h"
#include "stream/xml.h"
#include "stream/zip_part.h"

#include "cmd/crmutils/verbs.h"

struct doctor {
	struct output *out;
	bool ill;		/* something needed is missing */
};

enum need { NEEDED, OPTIONAL };

static void tell(struct doctor *d, const char *item, bool there,
		 enum need need, const char *detail)
{
	const char *state = "ok";

	if (!there) {
		state = need == NEEDED ? "missing" : "optional";
		d->ill = d->ill || need == NEEDED;
	}
	output_str(d->out, item);
	output_str(d->out, state);
	output_str(d->out, detail);
	output_end(d->out);
}

/* The version of a shared library is in the name of the file that its
 * soname points to: libcsv.so.3 -> libcsv.so.3.0.2. */
struct library {
	const char *stem;	/* "libcsv.so" */
	char *file;		/* NULL: not loaded */
};

static int match_library(struct dl_phdr_info *info, size_t size, void *ctx)
{
	struct library *library = ctx;
	const char *slash = strrchr(info->dlpi_name, '/');
	char *real;

	(void)size;
	if (!slash || !text_starts(text_of(slash + 1), library->stem))
		return 0;
	real = realpath(info->dlpi_name, NULL);
	library->file = mem_strdup(real ? strrchr(real, '/') + 1 : slash + 1);
	free(real);
	return 1;
}

static void tell_loaded(struct doctor *d, const char *item, const char *stem)
{
	struct library library = { stem, NULL };

	dl_iterate_phdr(match_library, &library);
	tell(d, item, true, NEEDED,
	     library.file ? library.file : "linked statically");
	free(library.file);
}

static void tell_libraries(struct doctor *d)
{
	tell_loaded(d, "libcsv", "libcsv.so");
	tell_loaded(d, "cJSON", "libcjson.so");
	tell(d, "GSL", true, NEEDED, gsl_version);
	tell(d, "utf8proc", true, NEEDED, utf8proc_version());
	tell(d, "libsodium", sodium_init() >= 0, NEEDED,
	     sodium_version_string());
	tell(d, "libzip", true, NEEDED, zip_part_library());
	tell(d, "Expat", true, NEEDED, xml_library());
}

static int is_data(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void tell_data(struct doctor *d)
{
	char *folder = share_root("crmutils");
	struct dirent **entry = NULL;
	int n = scandir(folder, &entry, is_data, alphasort);

	if (n <= 0)
		tell(d, "data files", false, NEEDED,
		     "none beside the programs: installed in part?");
	for (int i = 0; i < n; i++) {
		char *path = share_path(entry[i]->d_name);

		tell(d, entry[i]->d_name, access(path, R_OK) == 0, NEEDED,
		     "data file");
		free(path);
		free(entry[i]);
	}
	free(entry);
	free(folder);
}

static void tell_words(struct doctor *d)
{
	char *path = share_root("locale/zh/LC_MESSAGES/crmutils.mo");
	bool there = access(path, R_OK) == 0;

	tell(d, "Chinese words", there, NEEDED,
	     there ? "catalogue found" : "no catalogue: all in English");
	tell(d, "language", true, NEEDED, msg_lang());
	free(path);
}

static void tell_zone(struct doctor *d, const struct common *common)
{
	int minutes;
	bool known = instant_zone(text_of(common->tz), 0, &minutes);

	tell(d, "time zone", known, NEEDED, common->tz);
}

/* As -o does: a temporary file beside the others, and its bytes on disk. */
static void tell_writing(struct doctor *d)
{
	char path[] = "./.crmutils-XXXXXX";
	int fd = mkstemp(path);
	bool good = fd >= 0 && write(fd, "", 1) == 1 && fsync(fd) == 0;

	tell(d, "writing here", good, OPTIONAL,
	     good ? "this folder takes files" : strerror(errno));
	if (fd >= 0) {
		close(fd);
		unlink(path);
	}
}

static void tell_processor(struct doctor *d)
{
	struct buf detail = { 0 };

#if defined(__x86_64__)
	static const char *const none = "x86-64 without vectors of 32 bytes";

	__builtin_cpu_init();
	if (__builtin_cpu_supports("avx2"))
		buf_adds(&detail, "avx2 ");
	if (__builtin_cpu_supports("avx512bw"))
		buf_adds(&detail, "avx512bw ");
	if (__builtin_cpu_supports("pclmul"))
		buf_adds(&detail, "pclmul ");
	if (detail.n == 0)
		buf_adds(&detail, none);
	else
		detail.p[--detail.n] = '\0';
#else
	buf_adds(&detail, "no vector code for this one: the portable twin");
#endif
	tell(d, "processor", true, NEEDED, detail.p);
	buf_clear(&detail);
	buf_addf(&detail, "%ld", sysconf(_SC_NPROCESSORS_ONLN));
	tell(d, "cores", true, NEEDED, detail.p);
	buf_release(&detail);
}

static bool on_path(const char *program)
{
	const char *value = getenv("PATH");
	struct text rest = text_of(value ? value : ""), folder;
	struct buf path = { 0 };
	bool found = false;

	while (!found && text_split(&rest, ':', &folder)) {
		buf_clear(&path);
		buf_addt(&path, folder);
		buf_addf(&path, "/%s", program);
		found = access(path.p, X_OK) == 0;
	}
	buf_release(&path);
	return found;
}

static void tell_tools(struct doctor *d)
{
	static const struct {
		const char *program, *use;
	} tool[] = {
		{ "man", "shows the manual (crmutils help)" },
		{ "jq", "tests" },
		{ "mandoc", "tests and lint" },
		{ "clang", "lint and fuzzing" },
		{ "clang-tidy", "lint" },
		{ "cppcheck", "lint" },
		{ "shellcheck", "lint" },
		{ "gcovr", "make cov" },
		{ "valgrind", "tests of faults" },
		{ "mlr", "make bench compares with it" },
		{ "datamash", "make bench compares with it" },
		{ "xlsx2csv", "make bench compares with it" },
		{ "zip", "make bench writes a workbook" },
	};

	for (size_t i = 0; i < NELEMS(tool); i++)
		tell(d, tool[i].program, on_path(tool[i].program), OPTIONAL,
		     tool[i].use);
}

int doctor_main(int argc, char **argv)
{
	static const struct output_column columns[] = {
		{ "item", COL_TEXT },
		{ "state", COL_TEXT },
		{ "detail", COL_TEXT },
	};
	struct doctor d = { NULL, false };
	struct common common;
	size_t operands;
	int status;

	common_init(&common);
	const struct opt opts[] = {
		{ .kind = OPT_INCLUDE, .to = common.opts },
		{ .kind = OPT_END },
	};
	const struct program program = {
		"crmutils doctor", "[OPTION...]",
		"Prints item,state,detail: libraries, data files, words, "
		"processor, tools.\n"
		"Exit status 3 when something is missing that is needed.",
		"crmutils doctor -t table", opts
	};

	opt_parse(&program, argc, argv, &operands);
	if (operands > 0)
		die_usage("doctor takes no operand");
	d.out = output_open(&common, columns, NELEMS(columns));
	tell_libraries(&d);
	tell_data(&d);
	tell_words(&d);
	tell_zone(&d, &common);
	tell_writing(&d);
	tell_processor(&d);
	tell_tools(&d);
	status = output_close(d.out);
	return d.ill && status == EXIT_DONE ? EXIT_FOUND : status;
}
