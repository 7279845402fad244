"""One line of a table."""
import re


class Case:
    def __init__(self, name, verdict, codes, *changes, world=None, files=()):
        self.name, self.verdict, self.codes = name, verdict, codes.split()
        self.changes, self.world, self.files = changes, world or {}, files

    def slug(self):
        return re.sub(r"\W+", "-", self.name)


def passed(name, *changes, codes="", **more):
    return Case(name, "passed", codes, *changes, **more)


def conditional(name, codes, *changes, **more):
    return Case(name, "passed_with_conditions", codes, *changes, **more)


def pending(name, codes, *changes, **more):
    return Case(name, "pending", codes, *changes, **more)


def failed(name, codes, *changes, **more):
    return Case(name, "failed", codes, *changes, **more)


def unusable(name, *changes, **more):
    return Case(name, None, "", *changes, **more)


def sets(path, value):
    """A change that assigns one attribute or member: `sets("cred.claims.exp", 5)`."""
    def change(world):
        *way, last = path.split(".")
        here = world
        for step in way:
            here = here[int(step)] if step.isdigit() else here[step] if isinstance(here, dict) else getattr(here, step)
        if isinstance(here, dict):
            here[last] = value
            if value is None:
                del here[last]
        else:
            setattr(here, last, value)
    return change
