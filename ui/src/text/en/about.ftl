# About

about-statements = What is claimed, and what is not
about-this-machine = This machine
about-version = Version
about-copy-version = Copy the version
about-folder = Data folder
about-licences = Open-source licences
about-licences-hint = This program uses the following open-source components, by licence.
about-components = { $count ->
    [one] 1 component
   *[other] { $count } components
}
