# 附件：清单、预览、另存

attachments-none = 档案中没有附件
attachment-intact = 与签名时一致
attachment-altered = 与签名时不一致
attachment-save = 另存附件
attachment-save-named = 另存 { $name }
preview-choose = 选择左侧的附件查看
preview-none = 这种文件不在窗口内显示，请另存后查看
preview-broken = 这份 PDF 无法显示
preview-broken-hint = 文件可能已损坏，或使用了不支持的格式。可以另存后用其他软件打开。
preview-page-of = { $name } 第 { $page } 页
preview-page = { $page } / { $pages }
preview-before = 上一页
preview-after = 下一页
preview-look = 查看
preview-look-named = 查看 { $name }
preview-beside = 正在查看的附件
preview-close = 收起附件
media-pdf = PDF 文件
media-ofd = OFD 文件
media-picture = 图片
checklist-others = 其他附件
finding-more = 等 { $count } 项
attention-trust = 导入信任数据
