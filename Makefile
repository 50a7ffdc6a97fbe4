# crmutils: one file, no recursion. `make` builds build/release; the other
# variants stand beside it: make VARIANT=debug, asan, cov.

VERSION  = 0.1.0
PREFIX  ?= /usr/local
DESTDIR ?=
VARIANT ?= release
B        = build/$(VARIANT)

PKGS     = libcjson gsl libutf8proc libsodium libzip expat
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null)

WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wwrite-strings \
	-Wcast-qual -Wvla -Wformat=2 -Wundef -Wno-format-nonliteral \
	-Wno-missing-field-initializers
HARDEN   = -fstack-protector-strong -fPIE -D_FORTIFY_SOURCE=2
CFLAGS_release = -O2 -g $(HARDEN)
CFLAGS_debug   = -O0 -g3
CFLAGS_asan    = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
# Several threads count the same branches.
CFLAGS_cov     = -O0 -g --coverage -fprofile-update=atomic
LDFLAGS_release = -pie -Wl,-z,relro,-z,now
LDFLAGS_asan    = -fsanitize=address,undefined
LDFLAGS_cov     = --coverage

CFLAGS  ?= $(CFLAGS_$(VARIANT))
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -DCRM_VERSION='"$(VERSION)"' -Ilib -I. \
	$(WARNINGS) $(PKG_CFLAGS) $(CFLAGS)
ALL_LDFLAGS = $(LDFLAGS_$(VARIANT)) $(LDFLAGS)
LIBS     = -lcsv $(PKG_LIBS) -lpthread -lm

LIB_SRC  := $(sort $(wildcard lib/*/*.c))
LIB_OBJ  := $(LIB_SRC:%.c=$B/obj/%.o)
LIB      := $B/libcrm.a
MAIN_SRC := $(sort $(wildcard cmd/crm*.c))
VERB_SRC := $(sort $(wildcard cmd/*/*.c))
PROGRAMS := $(MAIN_SRC:cmd/%.c=$B/bin/%)
DATA     := $(sort $(wildcard lib/*/*.csv lib/*/*.json))
SHARE    := $(foreach f,$(DATA),$B/share/crmutils/$(notdir $f))
PO       := $(sort $(wildcard lib/*/*.zh.po cmd/*.zh.po))
MO       := $(if $(PO),$B/share/locale/zh/LC_MESSAGES/crmutils.mo)
MAN      := $(sort $(wildcard man/*.[157]))
UNIT     := $(patsubst tests/unit/%.c,$B/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
FUZZ     := $(patsubst tests/fuzz/%.c,build/fuzz/bin/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
REPLAY   := $(patsubst tests/fuzz/%.c,$B/tests/replay_%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))

.PHONY: all check check-built lint fuzz cov bench demo install uninstall clean deps
.DELETE_ON_ERROR:
.SECONDARY:
.SECONDEXPANSION:

all: deps
	@$(MAKE) --no-print-directory built

built: $(PROGRAMS) $(SHARE) $(MO)

# Nothing is asked and nothing is done when all is there.
deps:
	@scripts/install-deps --quiet

$B/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(LIB): $(LIB_OBJ)
	@mkdir -p $(@D)
	@rm -f $@
	$(AR) rcsD $@ $^

# A program with many verbs has them in cmd/NAME/VERB.c. (No percent sign may
# stand in a rule's prerequisites but for the stem, hence the function.)
VERB_OBJ := $(VERB_SRC:%.c=$B/obj/%.o)
verbs_of  = $(filter $B/obj/cmd/$(subst crm-,,$1)/%,$(VERB_OBJ))

$B/bin/%: $B/obj/cmd/%.o $$(call verbs_of,$$*) $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

# One program writes workbooks of its own.
$B/bin/crm-sample: LIBS += -lxlsxwriter

define share_rule
$B/share/crmutils/$(notdir $1): $1
	@mkdir -p $$(@D)
	cp $$< $$@
endef
$(foreach f,$(DATA),$(eval $(call share_rule,$f)))

$B/share/locale/zh/LC_MESSAGES/crmutils.mo: $(PO)
	@mkdir -p $(@D)
	msgcat --use-first $^ | msgfmt --check-format -o $@ -

CHECK_LIBS = $(shell pkg-config --libs check)

$B/tests/test_%: tests/unit/test_%.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< $(LIB) $(CHECK_LIBS) $(LIBS)

# The corpus of a fuzz target, replayed by an ordinary build.
$B/tests/replay_%: tests/fuzz/%.c tests/fuzz/replay.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $< tests/fuzz/replay.c $(LIB) $(LIBS)

FUZZ_CC = clang $(filter-out $(CFLAGS),$(ALL_CFLAGS)) -O1 -g \
	-fno-sanitize-recover=all

build/fuzz/obj/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(FUZZ_CC) -fsanitize=fuzzer-no-link,address,undefined -MMD -MP -c -o $@ $<

build/fuzz/libcrm.a: $(LIB_SRC:%.c=build/fuzz/obj/%.o)
	@rm -f $@
	$(AR) rcsD $@ $^

build/fuzz/bin/%: tests/fuzz/%.c build/fuzz/libcrm.a
	@mkdir -p $(@D)
	$(FUZZ_CC) -fsanitize=fuzzer,address,undefined -o $@ $^ $(LIBS)

# Where the targets, as any program, look for the data that ships.
build/fuzz/share: $(DATA)
	@mkdir -p $@/crmutils
	cp $(DATA) $@/crmutils
	@touch $@

# One line at the end: N passed, N failed, N skipped.
check: deps
	@$(MAKE) --no-print-directory built tests
	@tests/run $B

tests: built $(UNIT) $(REPLAY)

lint:
	@scripts/lint

# FUZZ_SECONDS each, over the corpora in tests/fuzz/corpus.
FUZZ_SECONDS ?= 60
fuzz: $(FUZZ) build/fuzz/share
	@scripts/fuzz $(FUZZ_SECONDS) $(FUZZ)

cov:
	@$(MAKE) --no-print-directory VARIANT=cov check
	gcovr --root . --filter 'lib/' --object-directory build/cov --print-summary

bench: all
	@scripts/bench $B

demo: all
	@scripts/demo $B

install: built
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/crmutils
	install -m 755 $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	install -m 755 scripts/monthly-report $(DESTDIR)$(PREFIX)/bin/crm-monthly-report
	install -m 644 $(SHARE) $(DESTDIR)$(PREFIX)/share/crmutils
	$(if $(MO),install -D -m 644 $(MO) $(DESTDIR)$(PREFIX)/share/locale/zh/LC_MESSAGES/crmutils.mo)
	for page in $(MAN); do \
		install -D -m 644 $$page $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}; \
	done
	scripts/completions $B $(DESTDIR)$(PREFIX)/share

uninstall:
	rm -f $(foreach p,$(PROGRAMS),$(DESTDIR)$(PREFIX)/bin/$(notdir $p)) \
		$(DESTDIR)$(PREFIX)/bin/crm-monthly-report \
		$(foreach p,$(MAN),$(DESTDIR)$(PREFIX)/share/man/man$(subst .,,$(suffix $p))/$(notdir $p)) \
		$(DESTDIR)$(PREFIX)/share/locale/zh/LC_MESSAGES/crmutils.mo
	rm -f $(foreach p,$(PROGRAMS),$(DESTDIR)$(PREFIX)/share/bash-completion/completions/$(notdir $p))
	rm -rf $(DESTDIR)$(PREFIX)/share/crmutils

clean:
	rm -rf build

-include $(shell find build/$(VARIANT) build/fuzz -name '*.d' 2>/dev/null)
