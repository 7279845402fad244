# 查找与快捷键

palette-title = 查找
palette-hint = 企业名称、拼音首字母、代码、收件号，或页面名称
palette-hint-locked = 页面名称；打开数据库后可查找企业和档案
palette-found = 查找结果
palette-count = { $count } 项结果
palette-none = 没有找到。可以换用名称的一部分或拼音首字母。
palette-kind-pages = 页面
palette-kind-case = 收件
palette-kind-firm = 企业
palette-kind-held = 持有凭证
palette-kind-issued = 已签发
palette-kind-draft = 档案
palette-sheet = 快捷键
palette-sheet-all = 全部快捷键
help-key-new = 准备新档案
