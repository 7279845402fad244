views-filters = 筛选方案
views-name = 保存当前条件…
views-called = 方案名称
views-keep = 保存
views-none = 还没有保存过方案
views-remove = 删除“{ $name }”
views-columns = 显示的列
